import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { biomeAt, blockAt, decodeChunk, encodeChunk, nameOfEncoded, chunkName, type Chunk } from '../../../src-main/core/world/index.ts';
import { biomeOfNumber } from '../../../src-main/io/anvil/chunk/biomeNumbers.ts';
import { ChunkDecoder } from '../../../src-main/io/anvil/chunk/decode.ts';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { localKey } from '../../../src-shared/units/index.ts';
import { decoded, newChunk, newSection, oldChunk, oldSection, ORIGIN, SHAPE } from './chunks.ts';
import { worldKit } from './kit.ts';

const require = createRequire(import.meta.url);
const kit = await worldKit();
const decoder = new ChunkDecoder(kit);
const light = (byte: number) => ({ type: 'byteArray' as const, value: new Int8Array(2048).fill(byte) });

function names(chunk: Chunk, section: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => kit.states.nameOf(blockAt(chunk.sections[section]!.blocks, i)));
}

function refusal(bytes: Uint8Array): string {
  const result = decoder.decode(bytes, { x: 0, z: 0, shape: SHAPE, origin: ORIGIN, entities: null, poi: null });
  return 'kind' in result ? result.kind : `${result.code} ${String(result.facts['reason'] ?? '')}`.trim();
}

test('decode: the same blocks out of every form of sections', () => {
  const palette = ['minecraft:stone', 'minecraft:oak_stairs[facing=east,half=top,shape=straight,waterlogged=true]', 'minecraft:air'];
  const wide = Array.from(
    { length: 40 },
    (_, i) => `minecraft:oak_leaves[distance=${1 + (i % 7)},persistent=${i % 2 === 0},waterlogged=${i > 20}]`,
  );
  for (const list of [palette, wide]) {
    const forms = [
      oldChunk(1631, [oldSection({ y: 1, palette: list }, 'tight')]),
      oldChunk(2230, [oldSection({ y: 1, palette: list }, 'tight')]),
      oldChunk(2566, [oldSection({ y: 1, palette: list }, 'padded')]),
      newChunk(3105, [newSection({ y: 1, palette: list })]),
      newChunk(4671, [newSection({ y: 1, palette: list })]),
    ];
    for (const form of forms) {
      const chunk = decoded(decoder, form);
      assert.deepEqual(names(chunk, 1, list.length), list);
      assert.equal(kit.states.nameOf(blockAt(chunk.sections[0]!.blocks, 5)), 'minecraft:air');
      assert.equal(chunk.sections.length, 4);
    }
  }
});

test('decode: names that changed are translated from the version of the chunk on, others not', () => {
  const at = (dataVersion: number, name: string): string =>
    names(decoded(decoder, newChunk(dataVersion, [newSection({ y: 0, palette: [name] })])), 0, 1)[0]!;
  assert.equal(at(3105, 'minecraft:grass'), 'minecraft:short_grass');
  assert.equal(at(3955, 'minecraft:grass'), 'minecraft:grass');
  const old = (dataVersion: number, name: string): string =>
    names(decoded(decoder, oldChunk(dataVersion, [oldSection({ y: 0, palette: [name] }, 'tight')])), 0, 1)[0]!;
  assert.equal(old(1631, 'minecraft:stone_slab[type=top,waterlogged=false]'), 'minecraft:smooth_stone_slab[type=top,waterlogged=false]');
  assert.equal(old(1631, 'minecraft:cauldron[level=2]'), 'minecraft:water_cauldron[level=2]');
  assert.equal(old(1631, 'minecraft:cauldron[level=0]'), 'minecraft:cauldron');
  assert.match(
    old(2230, 'minecraft:cobblestone_wall[east=true,north=false,south=false,up=true,waterlogged=false,west=true]'),
    /east=low,north=none/,
  );
});

test('decode: a property that the source did not know has its default, a name that we do not know is kept', () => {
  const [leaves, modded, value] = names(
    decoded(
      decoder,
      newChunk(3105, [
        newSection({ y: 0, palette: ['minecraft:oak_leaves[distance=3]', 'mod:gear[b=2,a=1]', 'minecraft:oak_leaves[distance=99]'] }),
      ]),
    ),
    0,
    3,
  );
  assert.equal(leaves, 'minecraft:oak_leaves[distance=3,persistent=false,waterlogged=false]');
  assert.equal(modded, 'mod:gear[a=1,b=2]');
  assert.equal(value, 'minecraft:oak_leaves[distance=99]');
});

test('decode: biomes as names, as numbers in columns and in cells', () => {
  const columns = new Int32Array(256).fill(1);
  columns[(4 * 2 + 2) * 16 + 4 * 3 + 2] = 8;
  const flat = decoded(decoder, oldChunk(1631, [], { Biomes: nbt.intArray(columns) }));
  for (const section of flat.sections) assert.equal(biomeAt(section.biomes, (3 << 4) | (2 << 2) | 3), 'minecraft:nether_wastes');
  assert.equal(biomeAt(flat.sections[0]!.biomes, 0), 'minecraft:plains');
  const cells = new Int32Array(1024).fill(3);
  cells[(5 << 4) | (1 << 2) | 2] = 12;
  const deep = decoded(decoder, oldChunk(2566, [], { Biomes: nbt.intArray(cells) }));
  assert.equal(biomeAt(deep.sections[1]!.biomes, (1 << 4) | (1 << 2) | 2), 'minecraft:snowy_plains');
  assert.equal(biomeAt(deep.sections[1]!.biomes, 0), 'minecraft:windswept_hills');
  const named = decoded(decoder, newChunk(3105, [newSection({ y: 0, palette: ['minecraft:air'] })]));
  assert.equal(biomeAt(named.sections[0]!.biomes, 9), 'minecraft:desert');
  assert.equal(biomeAt(named.sections[3]!.biomes, 9), 'minecraft:plains');
});

test('decode: numbers of biomes are those of minecraft-data', () => {
  const data = require('minecraft-data') as (version: string) => {
    readonly biomesArray: readonly { readonly id: number; readonly name: string }[];
  };
  for (const version of ['1.13', '1.16.2', '1.17']) {
    for (const { id, name } of data(version).biomesArray) assert.equal(biomeOfNumber(id), `minecraft:${name}`);
  }
  assert.equal(biomeOfNumber(90), null);
  assert.equal(biomeOfNumber(-1), null);
});

test('decode: stored light is filled up as vanilla reads it', () => {
  const half = new Int8Array(2048).fill(0x55, 0, 128);
  const chunk = decoded(
    decoder,
    newChunk(3105, [
      newSection({ y: 1, palette: ['minecraft:stone'], more: { SkyLight: { type: 'byteArray', value: half }, BlockLight: light(0x33) } }),
    ]),
  );
  const layers = chunk.light!.map(({ sky, block }) => [sky![0], sky![2047], block![0]]);
  assert.deepEqual(layers, [
    [0x55, 0x55, 0],
    [0x55, 0x55, 0],
    [0x55, 0, 0x33],
    [0xff, 0xff, 0],
    [0xff, 0xff, 0],
    [0xff, 0xff, 0],
  ]);
});

test('decode: light that is flagged off, or stripped, is no light; without a sky there is none to store', () => {
  const section = newSection({ y: 1, palette: ['minecraft:stone'], more: { SkyLight: light(1) } });
  assert.equal(decoded(decoder, newChunk(3105, [section], { isLightOn: nbt.byte(0) })).light, null);
  assert.equal(decoded(decoder, newChunk(3105, [newSection({ y: 1, palette: ['minecraft:stone'] })])).light, null);
  const nether = decoded(decoder, newChunk(3105, [newSection({ y: 1, palette: ['minecraft:stone'], more: { BlockLight: light(7) } })]), {
    ...SHAPE,
    hasSkyLight: false,
  });
  assert.deepEqual(
    nether.light!.map(({ sky, block }) => [sky, block![5]]),
    [0, 0, 7, 0, 0, 0].map((level) => [null, level]),
  );
});

test('decode: block entities inside the chunk, and pending ticks as they came', () => {
  const tag = (x: number, name: string) => nbt.compound({ id: nbt.text(name), x: nbt.int(x), y: nbt.int(-3), z: nbt.int(2) });
  const ticks = [
    nbt.compound({ i: nbt.text('minecraft:water'), x: nbt.int(1), y: nbt.int(2), z: nbt.int(3), t: nbt.int(4), p: nbt.int(0) }),
  ];
  const chunk = decoded(
    decoder,
    newChunk(3105, [], {
      block_entities: nbt.list('compound', [tag(1, 'a'), tag(99, 'far'), tag(1, 'b')]),
      fluid_ticks: nbt.list('compound', ticks),
    }),
  );
  assert.deepEqual([...chunk.blockEntities.keys()], [localKey({ x: 1, y: -3, z: 2 })]);
  assert.equal(nbt.getText([...chunk.blockEntities.values()][0]!, 'id'), 'b');
  assert.deepEqual(chunk.ticks, { block: [], fluid: ticks });
  assert.deepEqual(decoded(decoder, oldChunk(2566, [], { TileTicks: nbt.list('compound', ticks) })).ticks.block, ticks);
});

test('decode: sections beyond the dimension are left to the origin', () => {
  const chunk = decoded(
    decoder,
    newChunk(3105, [newSection({ y: -1, palette: ['minecraft:stone'] }), newSection({ y: 4, palette: ['minecraft:stone'] })]),
  );
  assert.ok(chunk.sections.every(({ blocks }) => blocks.solid === 0));
});

test('decode: chunks that vanilla has not finished are said to be so', () => {
  for (const status of ['minecraft:features', 'structure_starts', 'minecraft:light', 'decorated', ''])
    assert.equal(refusal(newChunk(3105, [], { Status: nbt.text(status) })), 'unfinished');
  for (const status of ['full', 'minecraft:full', 'postprocessed', 'fullchunk'])
    assert.equal(refusal(newChunk(3105, [], { Status: nbt.text(status) })), 'chunk');
});

test('decode: a chunk of before 1.18 that vanilla was still digging below is played', () => {
  const digging = (target: string) =>
    newChunk(3105, [], { Status: nbt.text('minecraft:biomes'), below_zero_retrogen: nbt.compound({ target_status: nbt.text(target) }) });
  assert.equal(refusal(digging('minecraft:full')), 'chunk');
  assert.equal(refusal(digging('minecraft:features')), 'unfinished');
});

test('decode import.too-old: chunks from before names', () => {
  assert.equal(refusal(oldChunk(1343, [])), 'import.too-old');
  assert.equal(refusal(newChunk(3105, [], { DataVersion: nbt.text('none') })), 'import.too-old');
});

test('decode import.chunk-damaged: says what', () => {
  const section = (more: Parameters<typeof newSection>[0]['more'] & object) =>
    newChunk(3105, [newSection({ y: 0, palette: ['minecraft:stone'], more })]);
  const palette = nbt.list('compound', [nbt.compound({ Name: nbt.text('a:b') }), nbt.compound({ Name: nbt.text('a:c') })]);
  assert.equal(refusal(section({ block_states: nbt.compound({ palette }) })), 'import.chunk-damaged block states');
  const biomes = nbt.list('string', [nbt.text('a:b'), nbt.text('a:c')]);
  assert.equal(
    refusal(section({ biomes: nbt.compound({ palette: biomes, data: nbt.longArray(new BigInt64Array(9)) }) })),
    'import.chunk-damaged biomes',
  );
  assert.equal(refusal(newChunk(3105, [], { xPos: nbt.int(1) })), 'import.chunk-damaged misplaced');
  assert.equal(refusal(newChunk(3105, []).subarray(0, 60)), 'import.chunk-damaged cut short');
});

test('decode: damaged NBT gives a chunk, an unfinished one or a refusal, and a chunk has one canonical form', () => {
  const good = newChunk(3105, [
    newSection({ y: 0, palette: ['minecraft:stone', 'minecraft:air'] }),
    newSection({ y: 1, palette: ['minecraft:stone'] }),
  ]);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }), (changes) => {
      const bytes = Uint8Array.from(good);
      for (const [at, value] of changes) bytes[at] = value;
      const result = decoder.decode(bytes, { x: 0, z: 0, shape: SHAPE, origin: ORIGIN, entities: null, poi: null });
      if (!('kind' in result)) assert.match(result.code, /^import\.(chunk-damaged|too-old)$/);
      else if (result.kind === 'chunk') {
        const encoded = encodeChunk(result.chunk, kit);
        assert.equal(nameOfEncoded(encoded, kit.digest), chunkName(decodeChunk(encoded, kit), kit));
      }
    }),
    { numRuns: 1000 },
  );
});
