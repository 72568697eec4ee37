import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Face } from '../../../src-main/core/world/index.ts';
import type { BlockPos, Pose } from '../../../src-shared/units/index.ts';
import { GROUNDS, PLACING, type Clicked, type Expected, type Side, type Surface } from './expectedPlacing.ts';
import { ANNA, FLOOR, item, kit, pos, Stage } from './stage.ts';

const LOOKS: readonly (readonly [Side, yaw: number, dx: number, dz: number])[] = [
  ['south', 0, 0, 1],
  ['west', 90, -1, 0],
  ['north', 180, 0, -1],
  ['east', 270, 1, 0],
];
const SURFACES: readonly Surface[] = ['floor', 'wall', 'ceiling'];
/** Blocks stand here, high above the plain, so that a ceiling has nothing below it. */
const HEIGHT = FLOOR + 8;
const MIDDLE = pos(8, HEIGHT, 8);

function clear(stage: Stage): void {
  const effects = [];
  for (let y = HEIGHT - 3; y <= HEIGHT + 3; y++)
    for (let z = 4; z <= 12; z++)
      for (let x = 4; x <= 12; x++) {
        const at = pos(x, y, z);
        if (stage.shard.block(at) !== 0) effects.push({ type: 'block' as const, pos: at, state: 0 });
      }
  for (const key of stage.shard.chunk(0, 0)!.blockEntities.keys())
    effects.push({ type: 'blockEntity' as const, pos: { x: key & 15, y: key >> 8, z: (key >> 4) & 15 }, nbt: null });
  stage.shard.apply(effects);
  stage.clearItems();
}

const FALLS = /sand$|gravel$|_powder$|anvil$|^dragon_egg$/;

interface Click {
  readonly base: BlockPos;
  readonly target: BlockPos;
  readonly face: Face;
  readonly pose: Pose;
}

function clickFor({ surface, look }: Clicked): Click {
  const [, yaw, dx, dz] = LOOKS.find(([side]) => side === look)!;
  const pitch = surface === 'floor' ? 60 : surface === 'ceiling' ? -60 : 0;
  const rise = surface === 'floor' ? 1 : surface === 'ceiling' ? -3 : -1.62 + 0.5;
  const pose = { x: 8.5 - dx * 2, y: HEIGHT + rise, z: 8.5 - dz * 2, yaw, pitch };
  if (surface === 'floor') return { base: MIDDLE, target: pos(8, HEIGHT + 1, 8), face: 'up', pose };
  if (surface === 'ceiling') return { base: MIDDLE, target: pos(8, HEIGHT - 1, 8), face: 'down', pose };
  const face = ({ south: 'north', north: 'south', west: 'east', east: 'west' } as const)[look];
  return { base: MIDDLE, target: pos(8 - dx, HEIGHT, 8 - dz), face, pose };
}

function groundOf(name: string): string {
  return GROUNDS.find(([items]) => items.test(name))?.[1] ?? 'stone';
}

function prepare(stage: Stage, name: string, click: Click, clicked: Clicked): void {
  clear(stage);
  const ground = groundOf(name);
  stage.set(click.base, ground === 'water' ? 'stone' : ground);
  if (ground === 'water') stage.set(click.target, 'water');
  if (ground === 'sand' && clicked.surface !== 'ceiling') stage.set({ ...click.base, y: click.base.y - 1 }, 'stone');
  if (name === 'sugar_cane' && clicked.surface === 'floor') stage.set(pos(9, HEIGHT, 8), 'water');
}

function check(stage: Stage, expected: Expected, at: BlockPos, where: string, refusal: string | null, block: string): void {
  if (expected === 'any') return;
  const found = kit.states.nameOf(stage.shard.block(at)).slice(10);
  if (expected === null) {
    assert.equal(refusal, 'play.cannot-place-here', `${where}: ${found}`);
    return;
  }
  assert.equal(refusal, null, where);
  assert.equal(found.split('[')[0], expected.block ?? block, where);
  for (const [property, value] of Object.entries(expected.properties ?? {}))
    assert.equal(stage.property(at, property), value, `${where}: ${property} of ${found}`);
}

test('B2 every placeable item becomes the right state on floor, wall and ceiling from four directions', (context) => {
  const stage = new Stage();
  stage.join(ANNA, 'creative');
  const places = kit.tables.items.filter(({ block }) => block !== null);
  let clicks = 0;
  for (const { name: full, block } of places) {
    const name = full.slice(10);
    const expect = PLACING.find(([items]) => items.test(name))?.[1] ?? ((): Expected => ({}));
    for (const surface of SURFACES) {
      for (const [look] of LOOKS) {
        const clicked = { surface, look };
        const click = clickFor(clicked);
        prepare(stage, name, click, clicked);
        stage.fields(ANNA, { pose: click.pose });
        stage.hold(ANNA, item(name, 2));
        const refusal = stage.use(ANNA, click.base, click.face, { pose: click.pose });
        check(stage, expect(clicked, name), click.target, `${name} on ${surface} looking ${look}`, refusal, block!.slice(10));
        clicks += 1;
        // What fell from here must have begun to, or its fall would meet the next block.
        if (FALLS.test(name)) stage.ticks(5);
      }
    }
  }
  assert.ok(places.length > 900);
  context.diagnostic(`${places.length} items, ${clicks} clicks`);
});
