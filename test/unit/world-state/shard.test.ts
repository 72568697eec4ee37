import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AppError } from '../../../src-shared/errors/index.ts';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { chunkKey, toHex, type Hash, type Uuid } from '../../../src-shared/units/index.ts';
import {
  blobsOfManifest,
  chunkName,
  createShard,
  decodeChunk,
  encodeChunk,
  nameOfEncoded,
  openShard,
  referencesOf,
  type Effect,
  type Shard,
} from '../../../src-main/core/world/index.ts';
import { effect } from './arbitraries.ts';
import { digest, newKit } from './kit.ts';
import { BlobShelf, describe, describeRecords, dice, randomSection, SMALL, smallChunk, smallShard } from './smallWorld.ts';

const kit = newKit();
/** A machine that met unknown blocks in another order. */
const elsewhere = newKit();
elsewhere.states.idOf('mod:earlier');
const STONE = kit.states.idOf('minecraft:stone');
const TORCH = kit.states.idOf('minecraft:torch');
const NAMES = ['minecraft:air', 'minecraft:stone', 'minecraft:torch', 'minecraft:oak_log[axis=x]', 'mod:future[glow=true]'];
const batches = fc.array(fc.array(effect(kit, NAMES), { maxLength: 12 }), { maxLength: 6 });
const block = (x: number, y: number, z: number, state = STONE): Effect => ({ type: 'block', pos: { x, y, z }, state });
const A = '00000000-0000-4000-8000-000000000001' as Uuid;
const B = '00000000-0000-4000-8000-000000000002' as Uuid;

test('world W7: undoing, newest first, gives back equal root and equal state', () => {
  fc.assert(
    fc.property(batches, fc.integer(), (all, seed) => {
      const shard = smallShard(kit, seed);
      shard.apply(all[0] ?? []);
      const before = describe(shard, kit);
      const undos = all.slice(1).map((effects) => shard.apply(effects));
      for (const undo of undos.toReversed()) shard.undo(undo);
      assert.deepEqual(describe(shard, kit), before);
    }),
    { numRuns: 60 },
  );
});

test('world W7: effects one by one and all at once have the same root', () => {
  fc.assert(
    fc.property(fc.array(effect(kit, NAMES), { maxLength: 30 }), (effects) => {
      const [single, whole] = [smallShard(kit), smallShard(kit)];
      for (const one of effects) {
        single.apply([one]);
        single.root();
      }
      whole.apply(effects);
      assert.equal(single.root(), whole.root());
      assert.deepEqual(describe(single, kit), describe(whole, kit));
    }),
    { numRuns: 60 },
  );
});

test('world W6: the root follows from the content alone: a shard opened from its blobs has it, and the same state', () => {
  fc.assert(
    fc.property(batches, (all) => {
      const shard = smallShard(kit);
      const shelf = new BlobShelf();
      const undos = all.map((effects) => {
        const undo = shard.apply(effects);
        shelf.store(shard);
        return undo;
      });
      const last = undos.pop();
      if (last !== undefined) shard.undo(last);
      shard.setTick(77);
      const { root } = shelf.store(shard);
      assert.equal(root, shard.root());
      const opened = shelf.open(root, elsewhere);
      assert.equal(opened.root(), root);
      assert.deepEqual(describeRecords(opened), describeRecords(shard));
    }),
    { numRuns: 60 },
  );
});

test('world W6: every blob of a snapshot bears its name, and is found from the manifest', () => {
  const shard = smallShard(kit);
  const uuid = A;
  shard.apply([
    block(0, 0, 0),
    block(-1, 5, -1),
    { type: 'executed', session: B, player: uuid, sequence: 3, refusal: null },
    { type: 'schedule', pos: { x: 1, y: 1, z: 1 }, kind: 'sand', tick: 9 },
  ]);
  const collected = shard.collect();
  const blobs = new Map(collected.blobs.map(({ name, encode }) => [name, encode()]));
  for (const [name, bytes] of blobs) assert.equal(nameOfEncoded(bytes, digest), name);
  const found = new Set<Hash>([collected.root]);
  for (const name of found) for (const next of referencesOf(blobs.get(name)!, kit)) found.add(next);
  assert.deepEqual([...found].sort(), [...blobs.keys()].sort());
  assert.ok(blobsOfManifest(blobs.get(collected.root)!).every((name) => blobs.has(name)));
});

test('world W8: a chunk that comes or goes does not change the root; the first effect in it does', () => {
  const shard = createShard(SMALL, kit);
  const empty = shard.root();
  const chunk = smallChunk(
    0,
    0,
    kit,
    [0, 1].map(() => randomSection(dice(1), NAMES, kit)),
  );
  shard.insert(chunk);
  assert.equal(shard.root(), empty);
  assert.equal(shard.nameOfChunk(0, 0), null);
  shard.apply([block(3, 3, 3, shard.block({ x: 3, y: 3, z: 3 }))]);
  assert.notEqual(shard.root(), empty);
  assert.equal(shard.nameOfChunk(0, 0), chunkName(chunk, kit));
});

test('world W8: a chunk that is not the one the pages name is not taken', () => {
  const chunk = smallChunk(
    0,
    0,
    kit,
    [0, 1].map(() => randomSection(dice(1), NAMES, kit)),
  );
  const other = smallChunk(
    0,
    0,
    kit,
    [0, 1].map(() => randomSection(dice(2), NAMES, kit)),
  );
  const shard = createShard(SMALL, kit, [{ x: 0, z: 0, name: chunkName(chunk, kit) }]);
  assert.throws(() => shard.insert(other));
  shard.insert(decodeChunk(encodeChunk(chunk, kit), kit));
  assert.equal(shard.nameOfChunk(0, 0), chunkName(chunk, kit));
});

test('world W9: a changed chunk stays until its newest version is durable', () => {
  const shard = smallShard(kit);
  const key = chunkKey(0, 0);
  shard.apply([block(1, 1, 1)]);
  assert.equal(shard.evict(key), false);
  const collected = shard.collect();
  assert.equal(shard.evict(key), false, 'collected is not durable');
  shard.apply([block(2, 2, 2)]);
  shard.collected(collected);
  assert.equal(shard.evict(key), false, 'the newest version is another one');
  new BlobShelf().store(shard);
  assert.equal(shard.evict(key), true);
  assert.equal(shard.chunk(0, 0), null);
  assert.equal(shard.evict(chunkKey(1, 1)), true, 'nobody touched it');
});

test('world W9: an undo brings back a chunk that was evicted', () => {
  const shard = smallShard(kit);
  const before = shard.root();
  const undo = shard.apply([block(1, 1, 1)]);
  new BlobShelf().store(shard);
  assert.ok(shard.evict(chunkKey(0, 0)));
  shard.undo(undo);
  assert.equal(shard.root(), before);
  assert.notEqual(shard.chunk(0, 0), null);
});

test('world W9: what was collected holds the old version, and only what changed is collected again', () => {
  const shard = smallShard(kit);
  shard.apply([block(1, 1, 1), block(17, 1, 1)]);
  const collected = shard.collect();
  shard.apply([block(1, 1, 1, TORCH)]);
  shard.root();
  for (const { name, encode } of collected.blobs) assert.equal(nameOfEncoded(encode(), digest), name);
  shard.collected(collected);
  const again = shard.collect();
  assert.deepEqual(again.blobs.length, 3, `one chunk, its page and the manifest, not ${again.blobs.length}`);
});

test('world W9: what was not confirmed is collected again', () => {
  const shard = smallShard(kit);
  shard.apply([block(1, 1, 1)]);
  assert.deepEqual(
    shard.collect().blobs.map(({ name }) => name),
    shard.collect().blobs.map(({ name }) => name),
  );
});

test('world W10: an edit that lets light through otherwise drops the light of 3 x 3 chunks, another one drops none', () => {
  const light = Array.from({ length: 4 }, () => ({ sky: null, block: null }));
  const lit = (): Shard => {
    const shard = smallShard(kit);
    for (let z = -1; z <= 1; z++) for (let x = -1; x <= 1; x++) shard.setLight(x, z, light);
    return shard;
  };
  const dark = (shard: Shard): number =>
    [...shard.resident()].filter((key) => shard.chunk(...(key.split(',').map(Number) as [number, number]))!.light === null).length;
  const stone = lit();
  const root = stone.root();
  stone.apply([block(1, 1, 1, kit.states.idOf('minecraft:andesite'))]);
  assert.equal(dark(stone), 0);
  const torch = lit();
  assert.equal(torch.root(), root, 'light is outside the root');
  const before = describe(torch, kit);
  const undo = torch.apply([block(1, 20, 1, TORCH)]);
  assert.equal(dark(torch), 9);
  torch.undo(undo);
  assert.deepEqual(describe(torch, kit), before);
});

test('world W11: outside the height is air, and nothing happens there', () => {
  const shard = smallShard(kit);
  const root = shard.root();
  shard.apply([block(0, 32, 0), block(0, -1, 0), { type: 'blockEntity', pos: { x: 0, y: 40, z: 0 }, nbt: nbt.compound({}) }]);
  assert.equal(shard.root(), root);
  assert.ok(kit.states.isAir(shard.block({ x: 0, y: 32, z: 0 })));
});

test('world W11: an effect in a chunk that is not resident is a bug', () => {
  assert.throws(() => smallShard(kit).apply([block(100, 1, 1)]), /not resident/);
  assert.throws(() => smallShard(kit).block({ x: 100, y: 1, z: 1 }), /not resident/);
});

test('world W11: a chunk that is lower than its dimension grows with the first edit above it', () => {
  const shard = createShard({ dimension: 'minecraft:overworld', minY: -16, height: 64 }, kit);
  shard.insert(smallChunk(0, 0, kit, [randomSection(dice(3), ['minecraft:stone'], kit)]));
  assert.ok(kit.states.isAir(shard.block({ x: 0, y: 40, z: 0 })));
  shard.apply([block(0, 40, 0), block(0, -16, 0)]);
  assert.equal(shard.block({ x: 0, y: 40, z: 0 }), STONE);
  assert.equal(shard.block({ x: 0, y: -16, z: 0 }), STONE);
  assert.equal(shard.block({ x: 5, y: 5, z: 5 }), STONE);
  assert.equal(shard.chunk(0, 0)!.sections.length, 4);
});

test('world W12: a second tick for the same position and kind is dropped; those that are due come in order of position', () => {
  const shard = smallShard(kit);
  const at = (x: number, y: number, tick: number, kind = 'sand'): Effect => ({ type: 'schedule', pos: { x, y, z: 0 }, kind, tick });
  shard.apply([at(5, 1, 3), at(2, 1, 3), at(5, 1, 2), at(5, 1, 3, 'fluid'), at(1, 0, 3)]);
  assert.deepEqual(
    [...shard.dueTicks(3)].map(({ pos, kind }) => `${pos.x} ${pos.y} ${kind}`),
    ['1 0 sand', '2 1 sand', '5 1 fluid', '5 1 sand'],
  );
  assert.deepEqual([...shard.dueTicks(2)], []);
  shard.apply([{ type: 'unschedule', pos: { x: 5, y: 1, z: 0 }, kind: 'sand', tick: 3 }, at(5, 1, 2)]);
  assert.equal([...shard.dueTicks(2)].length, 1);
});

test('world W12: a player has one session, a session one player', () => {
  const shard = smallShard(kit);
  const executed = (session: Uuid, player: Uuid, sequence: number): Effect => ({
    type: 'executed',
    session,
    player,
    sequence,
    refusal: null,
  });
  shard.apply([executed(A, A, 1), executed(A, A, 2), executed(B, A, 1)]);
  assert.equal(shard.sequenceOf(A), null);
  assert.equal(shard.sequenceOf(B), 1);
  shard.apply([executed(B, B, 7)]);
  assert.equal(shard.sessionOf(A), null);
  assert.equal(shard.sessionOf(B), B);
  shard.apply([{ type: 'sessionGone', session: B }]);
  assert.equal(shard.sequenceOf(B), null);
});

test('store.blob-missing, store.blob-damaged: a snapshot that is not complete or not itself does not open', () => {
  const shard = smallShard(kit);
  shard.apply([block(1, 1, 1), { type: 'executed', session: A, player: A, sequence: 1, refusal: null }]);
  const shelf = new BlobShelf();
  const { root } = shelf.store(shard);
  const manifest = shelf.blobs.get(root)!;
  const isCode = (code: string) => (fault: unknown) => fault instanceof AppError && fault.code === code;
  for (const name of blobsOfManifest(manifest)) {
    const missing = new Map(shelf.blobs);
    missing.delete(name);
    assert.throws(() => openShard(manifest, missing, kit), isCode('store.blob-missing'));
    const damaged = new Map(shelf.blobs);
    const bytes = shelf.blobs.get(name)!;
    damaged.set(name, bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1));
    assert.throws(() => openShard(manifest, damaged, kit), isCode('store.blob-damaged'));
  }
  assert.throws(() => blobsOfManifest(manifest.slice(0, 40)), isCode('store.blob-damaged'));
});

test('world W6: a million chunk names fit, and one more changes the root without touching the others', () => {
  const names = function* (): Generator<{ x: number; z: number; name: Hash }> {
    const bytes = new Uint8Array(32);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < 1_000_000; i++) {
      view.setUint32(0, i);
      yield { x: (i % 1000) - 500, z: Math.floor(i / 1000) - 500, name: toHex(bytes) as Hash };
    }
  };
  const shard = createShard(SMALL, kit, names());
  const first = shard.root();
  assert.equal(shard.nameOfChunk(-500, -499)?.slice(0, 8), '000003e8');
  assert.equal(shard.nameOfChunk(500, 0), null);
  shard.insert(
    smallChunk(
      2000,
      0,
      kit,
      [0, 1].map(() => randomSection(dice(1), NAMES, kit)),
    ),
  );
  const undo = shard.apply([block(32_000, 0, 0)]);
  assert.notEqual(shard.root(), first);
  shard.undo(undo);
  assert.equal(shard.root(), first);
});
