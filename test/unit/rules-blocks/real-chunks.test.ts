import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { Chunk } from '../../../src-main/core/world/index.ts';
import type { Pose } from '../../../src-shared/units/index.ts';
import { readRegion, worldsPath } from '../world-state/savedChunks.ts';
import { ANNA, item, kit, pos, Stage } from './stage.ts';

const REGION = 'survival-1.19/region/r.3.-23.mca';
/** Neighbours in each direction that the middle must have: needed chunks and what their blocks look at. */
const AROUND = 4;

/** A player on the ground in the middle of real terrain. */
function settle(context: TestContext, mode: 'survival' | 'creative'): Stage | null {
  const path = worldsPath(context, REGION);
  if (path === null) return null;
  const chunks = readRegion(path, kit);
  const middle = middleOf(chunks);
  const stage = new Stage({ chunks });
  stage.council = { ...stage.council, gameRules: new Map() };
  const x = middle.x * 16 + 8;
  const z = middle.z * 16 + 8;
  let y = 250;
  while (!kit.states.blocksMotion(stage.shard.block(pos(x, y - 1, z)))) y -= 1;
  stage.join(ANNA, mode, { x: x + 0.5, y, z: z + 0.5, yaw: 0, pitch: 60 });
  return stage;
}

function middleOf(chunks: readonly Chunk[]): Chunk {
  const there = new Set(chunks.map(({ x, z }) => `${x},${z}`));
  const offsets = Array.from({ length: 2 * AROUND + 1 }, (_, i) => i - AROUND);
  const found = chunks.find(({ x, z }) => offsets.every((dx) => offsets.every((dz) => there.has(`${x + dx},${z + dz}`))));
  assert.ok(found !== undefined, 'the region has a middle');
  return found;
}

test('A5 real terrain that nobody touches hardly changes: no leaves fall, no water runs, no sand slides', (context) => {
  const stage = settle(context, 'creative');
  if (stage === null) return;
  const changed: string[] = [];
  for (let i = 0; i < 400; i++) {
    for (const effect of stage.tick().effects) if (effect.type === 'block') changed.push(kit.states.nameOf(effect.state));
  }
  context.diagnostic(`changed in 400 ticks: ${changed.join(' ') || 'nothing'}`);
  assert.ok(changed.length < 12);
  assert.ok(changed.every((name) => !/air|water|lava|leaves|sand|gravel/.test(name)));
});

test('T3 any digging and placing on real terrain runs through, and replays to the same root', (context) => {
  const [stage, replica] = [settle(context, 'creative'), settle(context, 'creative')];
  if (stage === null || replica === null) return;
  const feet = stage.player().pose;
  const names = kit.tables.items.filter(({ block }) => block !== null).map(({ name }) => name.slice(10));
  const near = fc.integer({ min: -3, max: 3 });
  const deed = fc.record({ x: near, y: near, z: near, name: fc.constantFrom(...names), dig: fc.boolean(), up: fc.boolean() });
  fc.assert(
    fc.property(fc.array(deed, { minLength: 20, maxLength: 40 }), (deeds) => {
      for (const { x, y, z, name, dig, up } of deeds) {
        const at = pos(Math.floor(feet.x) + x, Math.floor(feet.y) + y, Math.floor(feet.z) + z);
        const pose: Pose = { ...feet, yaw: x * 50, pitch: y * 25 };
        for (const each of [stage, replica]) each.hold(ANNA, item(name, 8));
        const command = stage.command(
          ANNA,
          dig
            ? { type: 'startDig', pos: at, face: 'up', pose }
            : { type: 'useOn', hand: 'main', pos: at, face: up ? 'up' : 'north', cursor: { x: 0.5, y: 0.4, z: 0.5 }, inside: false, pose },
        );
        const { effects } = stage.tick([command]);
        replica.shard.apply(effects);
        replica.shard.setTick(stage.shard.tick);
      }
      assert.equal(stage.shard.root(), replica.shard.root());
    }),
    { numRuns: 12 },
  );
});
