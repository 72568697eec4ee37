import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AppError } from '../../../src-shared/errors/index.ts';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { ByteWriter } from '../../../src-shared/wire/index.ts';
import {
  blockVolume,
  chunkName,
  createKit,
  decodeChunk,
  encodeChunk,
  entitiesOfEncoded,
  nameOfEncoded,
  referencesOf,
  withBlock,
  type Chunk,
  type SectionLight,
  type WorldKit,
} from '../../../src-main/core/world/index.ts';
import { compound, hash } from './arbitraries.ts';
import { digest, newKit } from './kit.ts';
import { dice, randomSection, smallChunk } from './smallWorld.ts';

const kit = newKit();
const NAMES = ['minecraft:air', 'minecraft:stone', 'mod:future[glow=true]', 'minecraft:oak_log[axis=x]', 'mod:zebra'];

const levels = fc.oneof(
  fc.constant(null),
  fc.nat(15).map((level) => new Uint8Array(2048).fill(level * 17)),
  fc.integer().map((seed) => {
    const roll = dice(seed);
    return Uint8Array.from({ length: 2048 }, () => roll(256));
  }),
);
const light: fc.Arbitrary<SectionLight> = fc.record({ sky: levels, block: levels }, { noNullPrototype: true });

function chunks(of: WorldKit): fc.Arbitrary<Chunk> {
  return fc
    .record({
      seed: fc.integer(),
      sections: fc.nat(3),
      kinds: fc.integer({ min: 1, max: NAMES.length }),
      blockEntities: fc.array(fc.tuple(fc.integer({ min: -16_384, max: 81_919 }), compound), { maxLength: 3 }),
      ticks: fc.record(
        { block: fc.array(compound, { maxLength: 2 }), fluid: fc.array(compound, { maxLength: 2 }) },
        { noNullPrototype: true },
      ),
      origin: fc.option(hash),
      entities: fc.option(hash),
      poi: fc.option(hash),
      light: fc.option(fc.array(light, { minLength: 5, maxLength: 5 })),
      dataVersion: fc.nat(5000),
    })
    .map(({ seed, sections: count, kinds, light: lights, blockEntities, ...rest }) => {
      const roll = dice(seed);
      const sections = Array.from({ length: count }, () => randomSection(roll, NAMES.slice(0, kinds), of));
      return smallChunk(roll(100) - 50, 50 - roll(100), of, sections, {
        ...rest,
        blockEntities: new Map(blockEntities),
        light: lights === null ? null : lights.slice(0, count + 2),
      });
    });
}

test('world W4: a chunk survives its encoding', () => {
  fc.assert(
    fc.property(chunks(kit), (chunk) => {
      const bytes = encodeChunk(chunk, kit);
      const decoded = decodeChunk(bytes, kit);
      assert.deepEqual(encodeChunk(decoded, kit), bytes);
      const { sections: _, blockEntities, ...rest } = decoded;
      const { sections: __, blockEntities: expected, ...others } = chunk;
      assert.deepEqual(rest, others);
      assert.deepEqual(new Map(blockEntities), expected);
    }),
    { numRuns: 200 },
  );
});

test('world W4: the same blocks have the same bytes, however the palette and the ids came to be', () => {
  const elsewhere = newKit();
  for (const name of NAMES.toReversed()) elsewhere.states.idOf(name);
  const roll = dice(7);
  const indices = Uint16Array.from({ length: 4096 }, () => roll(NAMES.length));
  const make = (of: WorldKit, order: readonly number[]): Chunk => {
    const blocks = blockVolume(
      order.map((at) => of.states.idOf(NAMES[at]!)),
      indices.map((index) => order.indexOf(index)),
      of.states,
    );
    return smallChunk(0, 0, of, [{ blocks, biomes: { palette: ['minecraft:plains'], indices: null } }]);
  };
  const here = make(kit, [0, 1, 2, 3, 4]);
  const there = make(elsewhere, [4, 2, 0, 3, 1]);
  assert.deepEqual(encodeChunk(there, elsewhere), encodeChunk(here, kit));
  assert.equal(chunkName(there, elsewhere), chunkName(here, kit));
});

test('world W4: a palette entry that no block uses any more is not in the bytes', () => {
  const roll = dice(8);
  const section = randomSection(roll, ['minecraft:air', 'minecraft:stone'], kit);
  const there = withBlock(section.blocks, 5, kit.states.idOf('minecraft:dirt'), kit.states);
  const back = withBlock(there, 5, section.blocks.palette[(section.blocks.packed![0]! >> 5) & 1]!, kit.states);
  const of = (blocks: typeof back): Chunk => smallChunk(0, 0, kit, [{ ...section, blocks }]);
  assert.ok(back.palette.length === 3);
  assert.deepEqual(encodeChunk(of(back), kit), encodeChunk(of(section.blocks), kit));
});

test('world W5: the name of the chunk is the name of its bytes, and light is not in it', () => {
  fc.assert(
    fc.property(chunks(kit), (chunk) => {
      const name = chunkName(chunk, kit);
      assert.equal(nameOfEncoded(encodeChunk(chunk, kit), digest), name);
      assert.equal(nameOfEncoded(encodeChunk({ ...chunk, light: null }, kit), digest), name);
      assert.equal(chunkName(decodeChunk(encodeChunk(chunk, kit), kit), kit), name);
    }),
  );
});

test('world W5: every part of a chunk changes its name', () => {
  const chunk = smallChunk(1, 2, kit, [randomSection(dice(1), NAMES, kit)], {
    blockEntities: new Map([[3, nbt.compound({ id: nbt.text('a') })]]),
  });
  const other = 'ab'.repeat(32) as Chunk['origin'];
  const changed: readonly Partial<Chunk>[] = [
    { x: 2 },
    { z: 1 },
    { minSection: 1 },
    { sections: [...chunk.sections, ...chunk.sections] },
    { sections: [randomSection(dice(2), NAMES, kit)] },
    { blockEntities: new Map() },
    { blockEntities: new Map([[4, chunk.blockEntities.get(3)!]]) },
    { ticks: { block: [nbt.compound({})], fluid: [] } },
    { ticks: { block: [], fluid: [nbt.compound({})] } },
    { dataVersion: 1 },
    { origin: other },
    { entities: other },
    { poi: other },
  ];
  const names = [chunk, ...changed.map((change) => ({ ...chunk, ...change }))].map((one) => chunkName(one, kit));
  assert.equal(new Set(names).size, names.length);
});

test('world W5: after an edit one section is hashed, not the chunk', () => {
  let hashed = 0;
  const counting = createKit(kit.tables, (bytes) => {
    hashed += 1;
    return digest(bytes);
  });
  const roll = dice(5);
  const chunk = smallChunk(
    0,
    0,
    counting,
    Array.from({ length: 24 }, () => randomSection(roll, NAMES, counting)),
  );
  chunkName(chunk, counting);
  hashed = 0;
  const [first, ...others] = chunk.sections;
  const state = counting.states.idOf('minecraft:dirt');
  const edited = { ...chunk, sections: [{ ...first!, blocks: withBlock(first!.blocks, 9, state, counting.states) }, ...others] };
  assert.notEqual(chunkName(edited, counting), chunkName(chunk, counting));
  assert.equal(hashed, 3, 'facts, one section, the root');
});

test('store.blob-damaged: bytes that are not a chunk are refused, or are the one encoding of another', () => {
  const damage = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.constantFrom('flip', 'cut', 'insert'));
  const small = chunks(kit).filter((chunk) => chunk.sections.length < 2);
  fc.assert(
    fc.property(small, fc.array(damage, { minLength: 1, maxLength: 3 }), (chunk, damages) => {
      const bytes = damages.reduce(
        (now, [at, by, how]) => {
          const index = now.length === 0 ? 0 : at % now.length;
          if (how === 'cut') return now.slice(0, index);
          if (how === 'insert') return Uint8Array.from([...now.slice(0, index), by, ...now.slice(index)]);
          return now.map((byte, i) => (i === index ? byte ^ by : byte));
        },
        encodeChunk(chunk, kit),
      );
      let decoded: Chunk;
      try {
        decoded = decodeChunk(bytes, kit);
      } catch (fault) {
        assert.ok(fault instanceof AppError && (fault.code === 'store.blob-damaged' || fault.code === 'store.format-newer'), String(fault));
        return;
      }
      assert.deepEqual(encodeChunk(decoded, kit), bytes);
    }),
    { numRuns: 1500 },
  );
});

/** A chunk blob of one section, written by hand. */
function handmade(
  section: (writer: ByteWriter) => void,
  blockEntities: readonly number[] = [],
  light: readonly number[] = [0],
): Uint8Array {
  const part = (write: (writer: ByteWriter) => void): Uint8Array => {
    const writer = new ByteWriter();
    write(writer);
    return writer.finish();
  };
  const facts = part((w) => {
    w.u8(1);
    w.i32(0);
    w.i32(0);
    w.zigzag(0);
    w.varint(1);
    w.varint(blockEntities.length);
    w.varint(3955);
    for (let i = 0; i < 3; i++) w.bool(false);
  });
  const entities = blockEntities.map((key) =>
    part((w) => {
      w.u8(3);
      w.i32(key);
      w.bytes(Uint8Array.of(10, 0));
    }),
  );
  const parts = [facts, part((w) => (w.u8(2), section(w))), ...entities, part((w) => w.raw(Uint8Array.of(4, 0, 0)))];
  return part((w) => {
    w.u8(1);
    w.u8(0);
    w.varint(parts.length);
    for (const one of parts) w.bytes(one);
    w.raw(Uint8Array.from(light));
  });
}

function palette(writer: ByteWriter, names: readonly string[], indices: Uint8Array): void {
  writer.varint(names.length);
  for (const name of names) writer.text(name);
  writer.raw(indices);
}

const NONE = new Uint8Array(0);
const plains = (w: ByteWriter): void => palette(w, ['minecraft:plains'], NONE);
const stone = (w: ByteWriter): void => (palette(w, ['minecraft:stone'], NONE), plains(w));

test('store.blob-damaged: other forms of the same chunk are refused', () => {
  const striped = new Uint8Array(512).fill(0b10101010);
  const good = handmade((w) => (palette(w, ['minecraft:air', 'minecraft:stone'], striped), plains(w)), [1, 2]);
  assert.deepEqual(encodeChunk(decodeChunk(good, kit), kit), good, 'the canonical form is taken');
  const refused: readonly (readonly [string, Uint8Array])[] = [
    ['a palette out of order', handmade((w) => (palette(w, ['minecraft:stone', 'minecraft:air'], striped), plains(w)))],
    ['a name twice', handmade((w) => (palette(w, ['minecraft:air', 'minecraft:air'], striped), plains(w)))],
    ['a name without use', handmade((w) => (palette(w, ['minecraft:air', 'minecraft:stone'], new Uint8Array(512)), plains(w)))],
    ['no name', handmade((w) => (palette(w, [], NONE), plains(w)))],
    ['an index beyond the palette', handmade((w) => (palette(w, ['a', 'b', 'c'], new Uint8Array(1024).fill(0b11100100)), plains(w)))],
    ['biomes without use', handmade((w) => (palette(w, ['minecraft:stone'], NONE), palette(w, ['a', 'b'], new Uint8Array(64))))],
    ['bytes after the section', handmade((w) => (stone(w), w.u8(0)))],
    ['block entities out of order', handmade(stone, [2, 1])],
    ['a block entity twice', handmade(stone, [1, 1])],
    ['bytes after the light', handmade(stone, [], [0, 0])],
    ['uniform light at length', handmade(stone, [], [1, 17, ...Array.from({ length: 2048 }, () => 0x33), 0, 0, 0, 0, 0])],
    ['an unknown form of light', handmade(stone, [], [1, 18, 0, 0, 0, 0, 0])],
  ];
  for (const [title, bytes] of refused)
    assert.throws(
      () => decodeChunk(bytes, kit),
      (fault: unknown) => fault instanceof AppError && fault.code === 'store.blob-damaged',
      title,
    );
});

test('store.format-newer: a chunk of a later format says so', () => {
  const bytes = encodeChunk(smallChunk(0, 0, kit, []), kit);
  bytes[0] = 2;
  assert.throws(
    () => decodeChunk(bytes, kit),
    (fault: unknown) => fault instanceof AppError && fault.code === 'store.format-newer',
  );
});

test('world W5: an encoded chunk tells which blobs it needs without being decoded', () => {
  fc.assert(
    fc.property(chunks(kit), (chunk) => {
      const bytes = encodeChunk(chunk, kit);
      assert.equal(entitiesOfEncoded(bytes), chunk.entities);
      assert.deepEqual(
        referencesOf(bytes, kit),
        [chunk.origin, chunk.entities, chunk.poi].filter((name) => name !== null),
      );
    }),
  );
});
