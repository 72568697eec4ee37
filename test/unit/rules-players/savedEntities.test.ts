import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nbt, writeNbt, type Nbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import { chunkKey, type Hash, type Uuid } from '../../../src-shared/units/index.ts';
import type { Entity } from '../../../src-main/core/world/index.ts';
import { EntityChunks } from '../../../src-main/core/world/entityChunks.ts';
import { ANNA, FLOOR, item, kit, Stage } from '../rules-blocks/stage.ts';
import { text } from './desk.ts';

const GROUND = FLOOR + 1;
const HERE = { x: 8.5, y: GROUND, z: 8.5, yaw: 0, pitch: 0 };
const NAME = 'e'.repeat(64) as Hash;

const doubles = (...values: readonly number[]): Nbt => nbt.list('double', values.map(nbt.double));

function saved(kind: string, number: number, at: readonly [number, number, number], tags: Record<string, Nbt> = {}): NbtCompound {
  return nbt.compound({
    id: nbt.text(`minecraft:${kind}`),
    UUID: nbt.intArray(Int32Array.of(0, 0x4000, -0x8000_0000, number)),
    Pos: doubles(...at),
    ...tags,
  });
}

const uuidOf = (number: number): Uuid => `00000000-0000-4000-8000-0000${String(number).padStart(8, '0')}` as Uuid;
const stack = (name: string, count: number): Nbt => nbt.compound({ id: nbt.text(`minecraft:${name}`), Count: nbt.byte(count) });

/** A player in a chunk whose entities are still the save's. */
function stageWith(entities: readonly NbtCompound[]): Stage {
  const root = nbt.compound({ DataVersion: nbt.int(3105), Entities: nbt.list('compound', entities) });
  if (kit.entityChunks.get(NAME) !== null) kit.entityChunks.release(NAME);
  kit.entityChunks.hold(NAME, writeNbt(root));
  const stage = new Stage({ dataVersion: 3105 });
  const chunk = stage.shard.chunk(0, 0)!;
  assert.ok(stage.shard.evict(chunkKey(0, 0)));
  stage.shard.insert({ ...chunk, entities: NAME });
  stage.join(ANNA, 'survival', HERE);
  return stage;
}

const all = (stage: Stage): readonly Entity[] => [...stage.shard.entities()];

describe('E6 entities of the save', () => {
  test('two chunks that name the same bytes hold them until both are gone', () => {
    const chunks = new EntityChunks();
    const bytes = Uint8Array.of(1);
    chunks.hold(NAME, bytes);
    chunks.hold(NAME, Uint8Array.of(1));
    chunks.release(NAME);
    assert.equal(chunks.get(NAME), bytes);
    chunks.release(NAME);
    assert.equal(chunks.get(NAME), null);
    assert.throws(() => chunks.release(NAME));
  });

  test('a blow makes all of its chunk part of the state, tags and all, and lands', () => {
    const cow = saved('cow', 1, [9, GROUND, 10], { Health: nbt.float(10), Age: nbt.int(-3), Mod: nbt.text('kept') });
    const frame = saved('item_frame', 2, [2, GROUND, 2], { Item: stack('diamond', 1) });
    const stage = stageWith([cow, frame]);
    assert.deepEqual(all(stage), []);
    const target = { type: 'saved', chunk: { x: 0, z: 0 }, uuid: uuidOf(1) } as const;
    stage.hold(ANNA, item('diamond_sword'));
    assert.equal(stage.run(ANNA, { type: 'attack', target, pose: HERE }), null);
    const [hit, other] = all(stage);
    assert.ok(hit?.body.type === 'mob' && other?.body.type === 'mob');
    assert.deepEqual([hit.kind, hit.uuid, hit.body.health, hit.body.dataVersion], ['minecraft:cow', uuidOf(1), 3, 3105]);
    assert.deepEqual([hit.body.nbt, other.body.nbt], [cow, frame]);
    assert.equal(stage.shard.chunk(0, 0)!.entities, null);
    assert.equal(stage.run(ANNA, { type: 'attack', target, pose: HERE }), null, 'the old name still finds it');
    assert.equal(all(stage).length, 1);
  });

  test('a refused blow leaves the save as it was', () => {
    const stage = stageWith([saved('cow', 1, [1, GROUND, 1])]);
    const target = { type: 'saved', chunk: { x: 0, z: 0 }, uuid: uuidOf(1) } as const;
    assert.equal(stage.run(ANNA, { type: 'attack', target, pose: HERE }), 'play.out-of-reach');
    assert.deepEqual([all(stage), stage.shard.chunk(0, 0)!.entities], [[], NAME]);
    const nobody = { ...target, uuid: uuidOf(9) };
    assert.equal(stage.run(ANNA, { type: 'attack', target: nobody, pose: HERE }), 'play.target-not-found');
  });

  test('an item of the save can be picked up', () => {
    const stage = stageWith([
      saved('item', 1, [9, GROUND, 9], { Item: stack('diamond', 3), Age: nbt.short(100), PickupDelay: nbt.short(0), Health: nbt.short(5) }),
    ]);
    stage.ticks(12);
    assert.equal(text(stage.player().inventory[36]), 'diamond x3');
    assert.deepEqual(all(stage), []);
  });

  test('one that is far away stays in the save; one that is ageless or marked keeps its tags', () => {
    const far = stageWith([saved('item', 1, [1, GROUND, 1], { Item: stack('diamond', 3) })]);
    far.ticks(12);
    assert.equal(far.shard.chunk(0, 0)!.entities, NAME);
    const kept = stageWith([
      saved('item', 1, [9, GROUND, 9], { Item: stack('diamond', 3), Age: nbt.short(-32768) }),
      saved('item', 2, [9, GROUND, 9], { Item: stack('dirt', 3), NoGravity: nbt.byte(1) }),
    ]);
    kept.ticks(12);
    assert.deepEqual(
      all(kept).map(({ body }) => body.type),
      ['mob', 'mob'],
    );
  });

  test('a chunk with something that we can not name is left alone', () => {
    const stage = stageWith([saved('cow', 1, [9, GROUND, 10]), nbt.compound({ id: nbt.text('minecraft:pig') })]);
    const target = { type: 'saved', chunk: { x: 0, z: 0 }, uuid: uuidOf(1) } as const;
    assert.equal(stage.run(ANNA, { type: 'attack', target, pose: HERE }), 'play.target-not-found');
    assert.equal(stage.shard.chunk(0, 0)!.entities, NAME);
  });

  test('what rode on a broken boat goes on by itself, what lay in it falls', () => {
    const rider = saved('pig', 2, [9, GROUND, 10]);
    const boat = saved('chest_boat', 1, [9, GROUND, 10], {
      Type: nbt.text('birch'),
      Items: nbt.list('compound', [nbt.withTags(stack('coal', 7) as NbtCompound, { Slot: nbt.byte(0) })]),
      Passengers: nbt.list('compound', [rider]),
    });
    const stage = stageWith([boat]);
    stage.run(ANNA, { type: 'attack', target: { type: 'saved', chunk: { x: 0, z: 0 }, uuid: uuidOf(1) }, pose: HERE });
    assert.deepEqual(stage.items(), { birch_chest_boat: 1, coal: 7 });
    assert.deepEqual(
      all(stage)
        .filter(({ body }) => body.type === 'mob')
        .map(({ kind, uuid }) => [kind, uuid]),
      [['minecraft:pig', uuidOf(2)]],
    );
  });
});

describe('E7 frames', () => {
  const click = (stage: Stage, type: 'attack' | 'interact'): string | null => {
    const target = { type: 'saved', chunk: { x: 0, z: 0 }, uuid: uuidOf(1) } as const;
    return stage.run(ANNA, type === 'attack' ? { type, target, pose: HERE } : { type, target, hand: 'main', pose: HERE });
  };
  const tagOf = (stage: Stage): NbtCompound => {
    const { body } = all(stage).find(({ kind }) => kind === 'minecraft:item_frame')!;
    assert.ok(body.type === 'mob');
    return body.nbt;
  };

  test('take one of the held item, in the form of their save, and turn it', () => {
    const stage = stageWith([saved('item_frame', 1, [9, GROUND, 10])]);
    stage.hold(ANNA, item('diamond', 5));
    click(stage, 'interact');
    assert.equal(text(stage.held()), 'diamond x4');
    assert.deepEqual(nbt.getCompound(tagOf(stage), 'Item'), stack('diamond', 1));
    click(stage, 'interact');
    assert.deepEqual([nbt.getNumber(tagOf(stage), 'ItemRotation'), text(stage.held())], [1, 'diamond x4']);
  });

  test('a blow takes out what is in them, the next takes the frame', () => {
    const stage = stageWith([saved('item_frame', 1, [9, GROUND, 10], { Item: stack('diamond', 1) })]);
    click(stage, 'attack');
    assert.deepEqual(stage.items(), { diamond: 1 });
    click(stage, 'attack');
    assert.deepEqual(stage.items(), { diamond: 1, item_frame: 1 });
  });
});
