import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeChunk, encodeChunk, nameOfEncoded, withBlock, type Chunk } from '../../../src-main/core/world/index.ts';
import { ChunkDecoder } from '../../../src-main/io/anvil/chunk/decode.ts';
import { encodeTouchedChunk } from '../../../src-main/io/anvil/chunk/encode.ts';
import { RegionReader } from '../../../src-main/io/anvil/region/regionReader.ts';
import { readNbtFile } from '../../../src-main/io/anvil/save/nbtFile.ts';
import { differenceNbt, nbt, readNbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import { toHex, type Hash } from '../../../src-shared/units/index.ts';
import { worldKit } from '../../unit/anvil/kit.ts';
import { needsWorlds, realWorld } from './saves.ts';

const kit = await worldKit();
const decoder = new ChunkDecoder(kit);

interface Read {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly chunks: readonly { readonly chunk: Chunk; readonly bytes: Uint8Array }[];
}

function readFolder(folder: string): Read {
  const outcomes: Record<string, number> = {};
  const chunks: Read['chunks'][number][] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.mca'))) {
    const [, x, z] = name.split('.').map(Number) as [number, number, number];
    const reader = new RegionReader(folder, { x, z });
    for (let index = 0; index < 1024; index++) {
      const found = reader.read(index);
      if (found === null) continue;
      const shape = { minSection: -4, sectionCount: 24, hasSkyLight: true };
      const pos = { x: x * 32 + (index % 32), z: z * 32 + Math.floor(index / 32) };
      const decoded = found.ok
        ? decoder.decode(found.value, { ...pos, shape, origin: toHex(kit.digest(found.value)) as Hash, entities: null, poi: null })
        : found;
      const outcome = 'kind' in decoded ? decoded.kind : decoded.code;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if ('kind' in decoded && decoded.kind === 'chunk' && found.ok) chunks.push({ chunk: decoded.chunk, bytes: found.value });
    }
    reader.close();
  }
  return { outcomes, chunks };
}

/** Full chunks (of all) that vanilla wrote in each version. */
const REGIONS: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
  ['1.8.9', { 'import.too-old': 300 }],
  ['1.9', { 'import.too-old': 326 }],
  ['1.11.2', { 'import.too-old': 28 }],
  ['1.12.2', { 'import.too-old': 105 }],
  ['1.13.2', { chunk: 75, unfinished: 114 }],
  ['1.14.4', { chunk: 299 }],
  ['1.16', { chunk: 253 }],
  ['1.17.1', { chunk: 144 }],
  ['1.18.2', { chunk: 27, unfinished: 253 }],
  ['1.19.4', { chunk: 144, unfinished: 385 }],
  ['1.20.6', { chunk: 16, unfinished: 209 }],
  ['1.21.1', { chunk: 16, unfinished: 209 }],
];

for (const [version, expected] of REGIONS) {
  test(`decode: a region of ${version}: every chunk, no name that 1.21.1 lacks, one canonical form`, needsWorlds, () => {
    const { outcomes, chunks } = readFolder(join(realWorld('regions-by-version'), version));
    assert.deepEqual(outcomes, expected);
    for (const [i, { chunk }] of chunks.entries()) {
      const unknown = chunk.sections.flatMap(({ blocks }) => blocks.palette.filter((id) => id >= kit.tables.stateCount));
      assert.deepEqual(
        unknown.map((id) => kit.states.nameOf(id)),
        [],
      );
      if (i % 12 !== 0) continue;
      const encoded = encodeChunk(chunk, kit);
      const again = decodeChunk(encoded, kit);
      assert.deepEqual(encodeChunk(again, kit), encoded);
      assert.equal(nameOfEncoded(encoded, kit.digest).length, 64);
      assert.deepEqual(again.blockEntities, chunk.blockEntities);
    }
  });
}

/** Everything of the chunk but what an edit of one section may change. */
function withoutTouched(root: NbtCompound, y: number): NbtCompound {
  const level = nbt.getCompound(root, 'Level') ?? root;
  const list = level.value.has('sections') ? 'sections' : 'Sections';
  const light = ['SkyLight', 'BlockLight', 'starlight.skylight_state', 'starlight.blocklight_state'];
  const sections = nbt.getList(level, list)!.map((tag) => {
    const section = tag as NbtCompound;
    const blocks = nbt.getNumber(section, 'Y') === y ? ['block_states', 'Palette', 'BlockStates'] : [];
    return nbt.withTags(section, Object.fromEntries([...light, ...blocks].map((name) => [name, null])));
  });
  const stripped = nbt.withTags(level, {
    [list]: nbt.list('compound', sections),
    isLightOn: null,
    Heightmaps: null,
    'starlight.light_version': null,
  });
  return level === root ? stripped : nbt.withTags(root, { Level: stripped });
}

test(
  'encode: one block changed in a real chunk of every version changes that section, light and height maps, and nothing else',
  needsWorlds,
  () => {
    const stone = kit.states.idOf('minecraft:gold_block');
    let compared = 0;
    for (const [version, { chunk: count }] of REGIONS.filter(([, outcome]) => 'chunk' in outcome)) {
      const { chunks } = readFolder(join(realWorld('regions-by-version'), version));
      assert.equal(chunks.length, count);
      for (const { chunk, bytes } of chunks.filter((_, i) => i % 40 === 0)) {
        const index = chunk.sections.findIndex(({ blocks }) => blocks.solid > 0);
        if (index < 0) continue;
        const sections = chunk.sections.map((section, i) =>
          i === index ? { ...section, blocks: withBlock(section.blocks, 100, stone, kit.states) } : section,
        );
        const written = encodeTouchedChunk(bytes, { ...chunk, sections }, { kit, decoder, entities: [] });
        const y = chunk.minSection + index;
        assert.equal(differenceNbt(withoutTouched(readNbt(written.nbt).root, y), withoutTouched(readNbt(bytes).root, y)), null, version);
        const again = decoder.decode(written.nbt, {
          ...chunk,
          shape: { minSection: -4, sectionCount: 24, hasSkyLight: true },
          origin: chunk.origin!,
        });
        assert.ok('kind' in again && again.kind === 'chunk');
        assert.deepEqual(
          again.chunk.sections.map(({ blocks }) => blocks.solid),
          sections.map(({ blocks }) => blocks.solid),
        );
        compared += 1;
      }
    }
    assert.ok(compared > 15);
  },
);

const SINGLE: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
  ['1_9_4', { 'import.too-old': 1 }],
  ['1_12_2', { 'import.too-old': 1 }],
  ['1_13_0', { chunk: 1 }],
  ['1_13_1', { 'import.chunk-truncated': 3 }],
  ['1_13_2', { chunk: 1 }],
  ['1_14_4', { chunk: 1 }],
  ['1_15_2', { chunk: 2 }],
  ['1_16_5', { chunk: 1 }],
  ['1_17_1', { chunk: 1 }],
  ['1_18_PRE1', { chunk: 1 }],
  ['1_18_1', { chunk: 2 }],
  ['1_20_4', { chunk: 5 }],
];

test('decode: single odd chunks of 1.9.4 to 1.20.4, three of them truncated', needsWorlds, () => {
  for (const [folder, expected] of SINGLE)
    assert.deepEqual(readFolder(join(realWorld('single-chunks'), folder, 'region')).outcomes, expected, folder);
});

test('nbt.malformed: files that are no NBT', needsWorlds, () => {
  for (const file of ['invalid_compression.dat', 'invalid_data_tag.dat'])
    assert.throws(() => readNbtFile(readFileSync(join(realWorld('single-chunks'), file))), { code: 'nbt.malformed' });
});
