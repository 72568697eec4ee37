import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { Vec3 } from 'vec3';
import {
  biomeVolume,
  blockVolume,
  createKit,
  uniformBiomes,
  uniformVolume,
  type Chunk,
  type Section,
  type SectionLight,
} from '../../../src-main/core/world/index.ts';
import { ChunkEncoder } from '../../../src-main/io/game/chunks/encode.ts';
import { buildTables } from '../../../src-main/io/game/index.ts';
import { nbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import { localKey } from '../../../src-shared/units/index.ts';

const require = createRequire(import.meta.url);
const tables = buildTables('1.21.1');
const kit = createKit(tables, () => new Uint8Array(32));
const MAP_CHUNK = 0x27;
const encoder = new ChunkEncoder(tables, kit.states, MAP_CHUNK);
const { createDeserializer } = require('minecraft-protocol');
const client = createDeserializer({ state: 'play', isServer: false, version: '1.21.1' });
const PrismarineChunk = require('prismarine-chunk')(require('prismarine-registry')('1.21.1'));

const AIR: Section = { blocks: uniformVolume(0, kit.states), biomes: uniformBiomes('minecraft:plains') };
const BIOMES = tables.biomes.map(({ name }) => name);

function chunkOf(sections: readonly Section[], more: Partial<Chunk> = {}): Chunk {
  return {
    x: -3,
    z: 7,
    minSection: -4,
    sections: Array.from({ length: 24 }, (_, index) => sections[index] ?? AIR),
    blockEntities: new Map(),
    ticks: { block: [], fluid: [] },
    dataVersion: 3955,
    origin: null,
    entities: null,
    poi: null,
    light: null,
    ...more,
  };
}

function darkness(): SectionLight[] {
  return Array.from({ length: 26 }, () => ({ sky: null, block: null }));
}

/** The packet as an independent reader sees it. */
function decode(chunk: Chunk, light: readonly SectionLight[] = darkness()) {
  const packet = encoder.encode(chunk, light);
  const parsed = client.parsePacketBuffer(packet);
  assert.equal(parsed.metadata.size, packet.length, 'nothing is left over');
  assert.equal(parsed.data.name, 'map_chunk');
  const { params } = parsed.data;
  const column = new PrismarineChunk({ minY: -64, worldHeight: 384 });
  column.load(params.chunkData);
  column.loadParsedLight(
    params.skyLight,
    params.blockLight,
    params.skyLightMask,
    params.blockLightMask,
    params.emptySkyLightMask,
    params.emptyBlockLightMask,
  );
  return { params, column };
}

function section(palette: readonly number[], indices: readonly number[], biomes: Section['biomes'] = AIR.biomes): Section {
  return { blocks: blockVolume(palette, indices, kit.states), biomes };
}

const palettes = fc.uniqueArray(fc.integer({ min: 0, max: tables.stateCount - 1 }), { minLength: 1, maxLength: 700, size: 'max' });

test('C1: every section reads back as it was, whatever the size of its palette', () => {
  fc.assert(
    fc.property(palettes, fc.integer({ min: 1, max: 0x7fff_ffff }), (palette, seed) => {
      let state = seed;
      const indices = Array.from({ length: 4096 }, () => (state = (state * 48_271) % 0x7fff_ffff) % palette.length);
      const chunk = chunkOf([AIR, section(palette, indices)]);
      const { column } = decode(chunk);
      for (let i = 0; i < 4096; i += 7) {
        const expected = palette[indices[i]!];
        assert.equal(column.getBlockStateId(new Vec3(i & 15, -48 + (i >> 8), (i >> 4) & 15)), expected);
      }
    }),
    { numRuns: 40 },
  );
});

test("C1: uniform sections and all palette widths are the protocol's own forms", () => {
  for (const size of [1, 2, 3, 4, 5, 16, 17, 200, 256, 257, 4096]) {
    const palette = Array.from({ length: size }, (_, index) => index + 1);
    const indices = Array.from({ length: 4096 }, (_, index) => index % size);
    const { column } = decode(chunkOf([section(palette, indices)]));
    for (let i = 0; i < 4096; i++) {
      assert.equal(column.getBlockStateId(new Vec3(i & 15, -64 + (i >> 8), (i >> 4) & 15)), palette[i % size], `palette of ${size}`);
    }
  }
});

test('C2: biomes read back, and names of other versions become the biome that took their place', () => {
  for (const count of [1, 2, 3, 8]) {
    const names = BIOMES.slice(0, count);
    const indices = Array.from({ length: 64 }, (_, index) => index % count);
    const biomes = biomeVolume(names, indices);
    const { column } = decode(chunkOf([{ blocks: AIR.blocks, biomes }]));
    for (let i = 0; i < 64; i++) {
      const at = new Vec3((i & 3) * 4, -64 + (i >> 4) * 4, ((i >> 2) & 3) * 4);
      assert.equal(column.getBiome(at), BIOMES.indexOf(names[i % count]!), `${count} biomes, ${i}`);
    }
  }
  for (const [from, to] of [
    ['minecraft:mountains', 'minecraft:windswept_hills'],
    ['mymod:dreamland', 'minecraft:plains'],
  ] as const) {
    const { column } = decode(chunkOf([{ blocks: AIR.blocks, biomes: uniformBiomes(from) }]));
    assert.equal(column.getBiome(new Vec3(0, -64, 0)), BIOMES.indexOf(to));
  }
});

test('C2: more than 8 biomes in a section go as registry ids of 6 bits', () => {
  // Vanilla: ceil(log2(64)). The prismarine reader counts 7 bits for 64 biomes, so the bytes are read here.
  const biomes = biomeVolume(
    BIOMES,
    Array.from({ length: 64 }, (_, index) => 63 - index),
  );
  const { chunkData } = decode(chunkOf([{ blocks: AIR.blocks, biomes }])).params;
  const bits = 5;
  assert.equal(chunkData[bits], 6);
  assert.equal(chunkData[bits + 1], 7);
  for (let i = 0; i < 64; i++) {
    const long = chunkData.readBigUInt64BE(bits + 2 + Math.floor(i / 10) * 8);
    assert.equal(Number((long >> BigInt((i % 10) * 6)) & 63n), 63 - i);
  }
});

test('C3: a block that this version lacks is shown as the placeholder', () => {
  const unknown = kit.states.idOf('minecraft:pale_oak_log[axis=y]');
  assert.ok(unknown >= tables.stateCount);
  const { column } = decode(
    chunkOf([
      section(
        [0, unknown],
        Array.from({ length: 4096 }, (_, index) => index & 1),
      ),
    ]),
  );
  assert.equal(column.getBlockStateId(new Vec3(1, -64, 0)), kit.states.shown(unknown));
  assert.equal(column.getBlockStateId(new Vec3(0, -64, 0)), 0);
});

test('C4: light is sent where there is some, said to be dark where there is none, and left out where it is not known', () => {
  const lit = Uint8Array.from({ length: 2048 }, (_, index) => (index * 7) & 255);
  const light = darkness();
  light[0] = { sky: new Uint8Array(2048), block: lit };
  light[5] = { sky: lit, block: null };
  light[25] = { sky: new Uint8Array(2048).fill(255), block: new Uint8Array(2048) };
  const { params } = decode(chunkOf([]), light);
  assert.deepEqual(longs(params.skyLightMask), [[0, (1 << 5) | (1 << 25)]]);
  assert.deepEqual(longs(params.blockLightMask), [[0, 1]]);
  assert.deepEqual(longs(params.emptySkyLightMask), [[0, 1]]);
  assert.deepEqual(longs(params.emptyBlockLightMask), [[0, 1 << 25]]);
  assert.deepEqual(params.skyLight, [[...lit], Array.from({ length: 2048 }, () => 255)]);
  assert.deepEqual(params.blockLight, [[...lit]]);
});

function longs(mask: readonly (readonly number[])[]): number[][] {
  return mask.map((long) => [...long].map(Number));
}

test("C5: heightmaps in vanilla's packing", () => {
  const palette = ['air', 'stone', 'torch', 'water', 'oak_leaves', 'short_grass'].map(
    (name) => tables.blocks.find((block) => block.name === `minecraft:${name}`)!.defaultState,
  );
  const noisy = section(
    palette,
    Array.from({ length: 4096 }, (_, index) => (index * 31 + (index >> 5)) % palette.length),
  );
  const chunk = chunkOf([noisy, AIR, AIR, noisy]);
  const { params } = decode(chunk);
  for (const name of ['MOTION_BLOCKING', 'WORLD_SURFACE']) {
    const packed = params.heightmaps.value[name].value.map(
      ([high, low]: [number, number]) => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0),
    );
    assert.equal(packed.length, 37);
    const heights = Array.from({ length: 256 }, (_, index) => Number((packed[Math.floor(index / 7)] >> BigInt((index % 7) * 9)) & 511n));
    assert.deepEqual(heights, highest(chunk, name === 'WORLD_SURFACE'), name);
  }
});

/** Straight from the definition: first free height above the bottom, column by column. */
function highest(chunk: Chunk, any: boolean): number[] {
  const { column } = decode(chunk);
  return Array.from({ length: 256 }, (_, index) => {
    for (let y = 319; y >= -64; y--) {
      const id = column.getBlockStateId(new Vec3(index & 15, y, index >> 4));
      const counts = any ? !kit.states.isAir(id) : kit.states.blocksMotion(id) || kit.states.isFluid(id);
      if (counts) return y + 65;
    }
    return 0;
  });
}

test('C6: block entities go with what can be seen of them, and never with what lies in a chest', () => {
  const at = { x: -48 + 5, y: -60, z: 112 + 9 };
  const entity = (id: string, tags: Record<string, Parameters<typeof nbt.compound>[0][string]>): NbtCompound =>
    nbt.compound({ id: nbt.text(id), x: nbt.int(at.x), y: nbt.int(at.y), z: nbt.int(at.z), ...tags });
  const lines = nbt.list('string', ['"one"', '"two"', '""', '""'].map(nbt.text));
  const sign = entity('minecraft:sign', { front_text: nbt.compound({ messages: lines }), is_waxed: nbt.byte(0), secret: nbt.int(1) });
  const items = nbt.list('compound', [nbt.compound({ Slot: nbt.byte(0), id: nbt.text('minecraft:diamond'), count: nbt.int(64) })]);
  const chest = entity('minecraft:chest', { Items: items });
  const chunk = chunkOf([], {
    blockEntities: new Map([
      [localKey(at), sign],
      [localKey({ ...at, y: 300 }), chest],
    ]),
  });
  const { params } = decode(chunk);
  assert.equal(params.blockEntities.length, 2);
  const [shownSign, shownChest] = params.blockEntities;
  assert.deepEqual([shownSign.x, shownSign.y, shownSign.z, shownSign.type], [5, -60, 9, 7]);
  assert.deepEqual(Object.keys(shownSign.nbtData.value).sort(), ['front_text', 'is_waxed']);
  assert.deepEqual([shownChest.type, shownChest.y, shownChest.nbtData], [1, 300, undefined]);
});

test('C6: signs, heads, banners and campfires of old saves are shown in the form of this version', () => {
  const old = (id: string, tags: Parameters<typeof nbt.compound>[0]): NbtCompound => nbt.compound({ id: nbt.text(id), ...tags });
  const shown = (entity: NbtCompound, dataVersion: number) =>
    decode(chunkOf([], { dataVersion, blockEntities: new Map([[0, entity]]) })).params.blockEntities[0].nbtData.value;
  const sign = shown(
    old('minecraft:sign', { Text1: nbt.text('{"text":"hello"}'), Color: nbt.text('red'), GlowingText: nbt.byte(1) }),
    2860,
  );
  assert.deepEqual(sign.front_text.value.messages.value.value, ['{"text":"hello"}', '""', '""', '""']);
  assert.equal(sign.front_text.value.color.value, 'red');
  const pattern = nbt.compound({ Pattern: nbt.text('bs'), Color: nbt.int(14) });
  const banner = shown(old('minecraft:banner', { Patterns: nbt.list('compound', [pattern]) }), 2860);
  assert.deepEqual(banner.patterns.value.value, [
    { pattern: { type: 'string', value: 'minecraft:stripe_bottom' }, color: { type: 'string', value: 'red' } },
  ]);
  const skull = shown(old('minecraft:skull', { SkullOwner: nbt.compound({ Name: nbt.text('Notch') }) }), 2860);
  assert.equal(skull.profile.value.name.value, 'Notch');
  const beef = nbt.compound({ Slot: nbt.byte(2), id: nbt.text('minecraft:beef'), Count: nbt.byte(1) });
  const campfire = shown(old('minecraft:campfire', { Items: nbt.list('compound', [beef]) }), 2860);
  assert.deepEqual(campfire.Items.value.value[0].count, { type: 'int', value: 1 });
  assert.deepEqual(campfire.Items.value.value[0].Slot, { type: 'byte', value: 2 });
});
