import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uniformVolume, withBlock, type Chunk } from '../../../src-main/core/world/index.ts';
import { ChunkDecoder } from '../../../src-main/io/anvil/chunk/decode.ts';
import { encodeNewChunk, encodeTouchedChunk, withoutValidPoi } from '../../../src-main/io/anvil/chunk/encode.ts';
import { equalNbt, nbt, readNbt, writeNbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import { localKey } from '../../../src-shared/units/index.ts';
import { decoded, entry, newChunk, newSection, oldChunk, oldSection } from './chunks.ts';
import { worldKit } from './kit.ts';

const kit = await worldKit();
const decoder = new ChunkDecoder(kit);
const light = { type: 'byteArray' as const, value: new Int8Array(2048) };
const id = (name: string): number => kit.states.idOf(name);

function touched(chunk: Chunk, section: number, block: string): Chunk {
  const sections = chunk.sections.map((old, i) =>
    i === section ? { ...old, blocks: withBlock(old.blocks, 77, id(block), kit.states) } : old,
  );
  return { ...chunk, sections };
}

function written(
  origin: Uint8Array,
  chunk: Chunk,
  entities: readonly NbtCompound[] = [],
): { readonly root: NbtCompound; readonly blocksChanged: boolean; readonly bytes: Uint8Array } {
  const { nbt: bytes, blocksChanged } = encodeTouchedChunk(origin, chunk, { kit, decoder, entities });
  return { root: readNbt(bytes).root, blocksChanged, bytes };
}

function sectionsOf(tags: NbtCompound): readonly NbtCompound[] {
  return (nbt.getList(tags, 'sections') ?? nbt.getList(tags, 'Sections'))! as readonly NbtCompound[];
}

function paletteOf(section: NbtCompound): readonly NbtCompound[] {
  const nested = nbt.getCompound(section, 'block_states');
  return (nested === null ? nbt.getList(section, 'Palette') : nbt.getList(nested, 'palette'))! as readonly NbtCompound[];
}

const NEW = newChunk(
  3105,
  [
    newSection({
      y: 0,
      palette: ['minecraft:stone', 'minecraft:grass', 'mod:gear[a=1]', 'minecraft:oak_leaves[distance=3]'],
      more: { BlockLight: light },
    }),
    newSection({ y: 1, palette: ['minecraft:dirt'], more: { SkyLight: light } }),
  ],
  { 'starlight.light_version': nbt.int(5) },
);

test('encode: a chunk that nothing changed is its origin, byte for byte', () => {
  for (const origin of [NEW, oldChunk(1631, [oldSection({ y: 1, palette: ['minecraft:stone', 'minecraft:dirt'] }, 'tight')])]) {
    const result = written(origin, decoded(decoder, origin));
    assert.equal(result.bytes, origin);
    assert.equal(result.blocksChanged, false);
  }
});

test('encode: only the section that differs is replaced, in the version and with the names of the source', () => {
  const origin = readNbt(NEW).root;
  const { root, blocksChanged } = written(
    NEW,
    touched(decoded(decoder, NEW), 0, 'minecraft:chest[facing=west,type=left,waterlogged=false]'),
  );
  assert.equal(blocksChanged, true);
  assert.equal(nbt.getNumber(root, 'DataVersion'), 3105);
  const [changed, same] = sectionsOf(root);
  const names = paletteOf(changed!);
  for (const kept of paletteOf(sectionsOf(origin)[0]!))
    assert.ok(
      names.some((name) => equalNbt(name, kept)),
      'an entry of the source was rewritten',
    );
  assert.ok(names.some((name) => equalNbt(name, entry('minecraft:chest[facing=west,type=left,waterlogged=false]'))));
  assert.equal(names.length, 5);
  assert.ok(equalNbt(changed!.value.get('biomes')!, sectionsOf(origin)[0]!.value.get('biomes')!));
  assert.ok(equalNbt(same!, nbt.withTags(sectionsOf(origin)[1]!, { SkyLight: null })));
  assert.ok(equalNbt(root.value.get('structures')!, origin.value.get('structures')!));
});

test('encode: stored light and height maps go, so that vanilla computes them', () => {
  const { root } = written(NEW, touched(decoded(decoder, NEW), 1, 'minecraft:stone'));
  assert.equal(nbt.getNumber(root, 'isLightOn'), 0);
  assert.equal(root.value.has('Heightmaps'), false);
  assert.equal(root.value.has('starlight.light_version'), false);
  for (const section of sectionsOf(root)) assert.equal(section.value.has('SkyLight') || section.value.has('BlockLight'), false);
});

test('encode: what is written reads back as the chunk, in every form', () => {
  const palette = ['minecraft:stone', 'minecraft:dirt', 'minecraft:air'];
  const wide = Array.from({ length: 30 }, (_, i) => `minecraft:oak_leaves[distance=${1 + (i % 7)},persistent=${i % 2 === 0}]`);
  const forms: readonly [Uint8Array, string][] = [
    [oldChunk(1631, [oldSection({ y: 1, palette: wide, more: { BlockLight: light, SkyLight: light } }, 'tight')]), '1.13.2'],
    [oldChunk(2230, [oldSection({ y: 1, palette: wide }, 'tight')]), '1.15.2'],
    [oldChunk(2566, [oldSection({ y: 1, palette: wide }, 'padded')]), '1.16'],
    [oldChunk(2730, [oldSection({ y: 1, palette }, 'padded')]), '1.17.1'],
    [NEW, '1.19'],
    [newChunk(4671, [newSection({ y: 2, palette })]), '1.21.11'],
  ];
  for (const [origin, version] of forms) {
    for (const block of [
      'minecraft:stone',
      'minecraft:cherry_planks',
      'mod:thing[x=y]',
      'minecraft:cobblestone_wall[east=low,north=none,south=none,up=true,waterlogged=false,west=low]',
    ]) {
      for (const section of [0, 1, 3]) {
        const before = touched(decoded(decoder, origin), section, block);
        const after = decoded(decoder, written(origin, before).bytes);
        for (const [i, { blocks }] of before.sections.entries()) {
          const [a, b] = [blocks, after.sections[i]!.blocks].map((volume) =>
            Array.from({ length: 4096 }, (_, at) => kit.states.nameOf(volume.palette[index(volume, at)]!)),
          );
          assert.deepEqual(a, b, `${version} ${block} section ${i}`);
        }
        assert.deepEqual(
          after.sections.map(({ biomes }) => biomes),
          before.sections.map(({ biomes }) => biomes),
        );
      }
    }
  }
});

function index({ bits, packed }: Chunk['sections'][number]['blocks'], at: number): number {
  if (packed === null) return 0;
  return bits >= 8 ? packed[at]! : (packed[Math.floor((at * bits) / 8)]! >> ((at * bits) % 8)) & ((1 << bits) - 1);
}

test('encode: a section of the source that becomes uniform has no data, or zeros where its form needs them', () => {
  const clear = (chunk: Chunk): Chunk => ({
    ...chunk,
    sections: chunk.sections.map((section) => ({ ...section, blocks: uniformVolume(id('minecraft:air'), kit.states) })),
  });
  const now = sectionsOf(written(NEW, clear(decoded(decoder, NEW))).root)[0]!;
  assert.deepEqual([...nbt.getCompound(now, 'block_states')!.value.keys()], ['palette']);
  const origin = oldChunk(2566, [oldSection({ y: 0, palette: ['minecraft:stone', 'minecraft:dirt'] }, 'padded')]);
  const old = sectionsOf(nbt.getCompound(written(origin, clear(decoded(decoder, origin))).root, 'Level')!)[0]!;
  assert.deepEqual(old.value.get('BlockStates'), nbt.longArray(new BigInt64Array(256)));
});

test('encode: block entities that differ are replaced, the others and those elsewhere stay in their order', () => {
  const at = (x: number, more: object = {}) =>
    nbt.compound({ id: nbt.text('minecraft:chest'), x: nbt.int(x), y: nbt.int(5), z: nbt.int(0), ...more });
  const origin = newChunk(3105, [], { block_entities: nbt.list('compound', [at(3), at(500), at(1), at(2)]) });
  const chunk = decoded(decoder, origin);
  const key = (x: number): number => localKey({ x, y: 5, z: 0 });
  const entities = new Map(chunk.blockEntities);
  entities.set(key(1), at(1, { Items: nbt.list('compound', []), 'peerhold:memo': nbt.int(1) }));
  entities.delete(key(2));
  entities.set(key(4), at(4));
  const { root, blocksChanged } = written(origin, { ...chunk, blockEntities: entities });
  assert.equal(blocksChanged, false);
  assert.equal(nbt.getNumber(root, 'isLightOn'), 1);
  const list = nbt.getList(root, 'block_entities')!;
  const expected = [at(3), at(500), at(1, { Items: nbt.list('compound', []) }), at(4)];
  assert.equal(list.length, expected.length);
  list.forEach((tag, i) => assert.ok(equalNbt(tag, expected[i]!), `block entity ${i}`));
});

test('encode: what only Peerhold remembers never leaves it, and alone it changes nothing', () => {
  const chest = nbt.compound({ id: nbt.text('minecraft:chest'), x: nbt.int(1), y: nbt.int(5), z: nbt.int(0) });
  const origin = newChunk(3105, [], { block_entities: nbt.list('compound', [chest]) });
  const chunk = decoded(decoder, origin);
  const entities = new Map([[localKey({ x: 1, y: 5, z: 0 }), nbt.withTags(chest, { 'peerhold:memo': nbt.int(1) })]]);
  assert.equal(written(origin, { ...chunk, blockEntities: entities }).bytes, origin);
});

test('encode: ticks and entities before 1.17 stand in the chunk', () => {
  const origin = oldChunk(2566, [], { Entities: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:cow') })]) });
  const tick = nbt.compound({ i: nbt.text('minecraft:water'), t: nbt.int(4) });
  const item = nbt.compound({ id: nbt.text('minecraft:item') });
  const level = nbt.getCompound(
    written(origin, { ...decoded(decoder, origin), ticks: { block: [tick], fluid: [] } }, [item]).root,
    'Level',
  )!;
  assert.deepEqual(nbt.getList(level, 'TileTicks'), [tick]);
  assert.deepEqual(
    nbt.getList(level, 'Entities')!.map((tag) => nbt.getText(tag as NbtCompound, 'id')),
    ['minecraft:cow', 'minecraft:item'],
  );
});

test('encode: a chunk without an origin is a full chunk of 1.21.1 that reads back', () => {
  const chunk: Chunk = { ...touched(decoded(decoder, NEW), 0, 'minecraft:barrel[facing=up,open=false]'), origin: null, dataVersion: 3955 };
  const bytes = encodeNewChunk(chunk, kit);
  const { root } = readNbt(bytes);
  assert.equal(nbt.getNumber(root, 'DataVersion'), 3955);
  assert.equal(nbt.getText(root, 'Status'), 'minecraft:full');
  assert.equal(nbt.getNumber(root, 'isLightOn'), 0);
  assert.equal(sectionsOf(root).length, chunk.sections.length);
  const again = decoded(decoder, bytes);
  assert.equal(
    kit.states.nameOf(again.sections[0]!.blocks.palette[index(again.sections[0]!.blocks, 77)]!),
    'minecraft:barrel[facing=up,open=false]',
  );
});

test('encode: points of interest of a chunk whose blocks changed are no longer valid', () => {
  const poi = nbt.compound({
    Sections: nbt.compound({
      4: nbt.compound({ Valid: nbt.byte(1), Records: nbt.list('compound', [nbt.compound({ type: nbt.text('minecraft:home') })]) }),
    }),
    DataVersion: nbt.int(3105),
  });
  const { root } = readNbt(withoutValidPoi(writeNbt(poi)));
  const section = nbt.getCompound(nbt.getCompound(root, 'Sections')!, '4')!;
  assert.equal(nbt.getNumber(section, 'Valid'), 0);
  assert.equal(nbt.getList(section, 'Records')!.length, 1);
});
