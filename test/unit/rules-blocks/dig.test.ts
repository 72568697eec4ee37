import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { ANNA, BEN, enchanted, FLOOR, item, kit, pos, Stage } from './stage.ts';

const GROUND = pos(8, FLOOR, 10);
const ABOVE = pos(8, FLOOR + 1, 10);

function survivor(): Stage {
  const stage = new Stage();
  stage.join(ANNA, 'survival');
  return stage;
}

test('B1 play.not-mined-long-enough when the finish comes far too early, and the block stays', () => {
  const stage = survivor();
  assert.equal(stage.mine(ANNA, GROUND, 50), 'play.not-mined-long-enough');
  assert.equal(stage.at(8, FLOOR, 10), 'stone');
  assert.deepEqual(stage.items(), {});
});

test('B1 seven tenths of the time are enough, as in vanilla', () => {
  const stage = survivor();
  assert.equal(stage.mine(ANNA, GROUND, 104), null);
  assert.equal(stage.at(8, FLOOR, 10), 'air');
});

test('B1 a finish that is a few ticks early breaks the block when it is due', () => {
  const stage = survivor();
  stage.set(GROUND, 'dirt');
  const { pose } = stage.player();
  stage.run(ANNA, { type: 'startDig', pos: GROUND, face: 'up', pose });
  assert.equal(stage.run(ANNA, { type: 'finishDig', pos: GROUND, face: 'up', pose }), null);
  assert.equal(stage.at(8, FLOOR, 10), 'dirt');
  stage.ticks(9);
  assert.equal(stage.at(8, FLOOR, 10), 'air');
  assert.deepEqual(stage.items(), { dirt: 1 });
});

test('B1 a finish that was accepted early holds, whatever the player does next, and the next block goes on cracking', () => {
  const stage = survivor();
  const other = pos(9, FLOOR, 10);
  stage.set(GROUND, 'dirt');
  stage.set(other, 'dirt');
  const { pose } = stage.player();
  stage.run(ANNA, { type: 'startDig', pos: GROUND, face: 'up', pose });
  assert.equal(stage.run(ANNA, { type: 'finishDig', pos: GROUND, face: 'up', pose }), null);
  stage.run(ANNA, { type: 'startDig', pos: other, face: 'up', pose });
  stage.ticks(20);
  assert.equal(stage.at(8, FLOOR, 10), 'air');
  assert.equal(stage.run(ANNA, { type: 'finishDig', pos: other, face: 'up', pose }), null);
  assert.equal(stage.at(9, FLOOR, 10), 'air');
});

test('B1 a finish that was accepted early is not taken back by letting go', () => {
  const stage = survivor();
  stage.set(GROUND, 'dirt');
  const { pose } = stage.player();
  stage.run(ANNA, { type: 'startDig', pos: GROUND, face: 'up', pose });
  stage.run(ANNA, { type: 'finishDig', pos: GROUND, face: 'up', pose });
  stage.run(ANNA, { type: 'cancelDig' });
  stage.ticks(20);
  assert.equal(stage.at(8, FLOOR, 10), 'air');
});

test('B1 play.not-mined-long-enough for a finish that nothing began, or of another block', () => {
  const stage = survivor();
  const { pose } = stage.player();
  assert.equal(stage.run(ANNA, { type: 'finishDig', pos: GROUND, face: 'up', pose }), 'play.not-mined-long-enough');
  stage.run(ANNA, { type: 'startDig', pos: GROUND, face: 'up', pose });
  stage.ticks(200);
  assert.equal(stage.run(ANNA, { type: 'finishDig', pos: pos(9, FLOOR, 10), face: 'up', pose }), 'play.not-mined-long-enough');
});

test('B1 the wrong tool gives nothing, the right one does', () => {
  const stage = survivor();
  assert.equal(stage.mine(ANNA, GROUND, 150), null);
  assert.deepEqual(stage.items(), {});
  stage.hold(ANNA, item('wooden_pickaxe'));
  assert.equal(stage.mine(ANNA, pos(9, FLOOR, 10), 23), null);
  assert.deepEqual(stage.items(), { cobblestone: 1 });
});

test('B1 mining wears the tool and makes hungry; what breaks at once wears nothing', () => {
  const stage = survivor();
  stage.hold(ANNA, item('wooden_pickaxe'));
  stage.mine(ANNA, GROUND, 23);
  assert.equal(nbt.getNumber(stage.held()!.components!, 'minecraft:damage'), 1);
  assert.ok(Math.abs(stage.player().exhaustion - 0.005) < 1e-9);
  stage.set(pos(9, FLOOR + 1, 10), 'torch');
  stage.run(ANNA, { type: 'startDig', pos: pos(9, FLOOR + 1, 10), face: 'up', pose: stage.player().pose });
  assert.equal(stage.at(9, FLOOR + 1, 10), 'air');
  assert.equal(nbt.getNumber(stage.held()!.components!, 'minecraft:damage'), 1);
});

test('B1 the last point of wear breaks the tool', () => {
  const stage = survivor();
  stage.hold(ANNA, item('wooden_pickaxe', 1, nbt.compound({ 'minecraft:damage': nbt.int(58) })));
  stage.mine(ANNA, GROUND, 23);
  assert.equal(stage.held(), null);
});

test('B1 unbreaking III wears about a quarter as fast', () => {
  const stage = survivor();
  stage.hold(ANNA, enchanted('diamond_pickaxe', { unbreaking: 3, efficiency: 5 }));
  stage.fields(ANNA, { statusEffects: [{ name: 'minecraft:haste', amplifier: 1, untilTick: 1e9 }] });
  for (let i = 0; i < 400; i++) {
    stage.set(GROUND, 'stone');
    stage.run(ANNA, { type: 'startDig', pos: GROUND, face: 'up', pose: stage.player().pose });
  }
  const wear = nbt.getNumber(stage.held()!.components!, 'minecraft:damage')!;
  assert.ok(wear > 70 && wear < 130, `wear ${wear} of 400`);
});

test('B1 creative breaks at once and drops nothing, but not with a sword', () => {
  const stage = new Stage();
  stage.join(ANNA, 'creative');
  const { pose } = stage.player();
  stage.hold(ANNA, item('iron_sword'));
  assert.equal(stage.run(ANNA, { type: 'startDig', pos: GROUND, face: 'up', pose }), 'play.no-permission');
  stage.hold(ANNA, null);
  stage.set(GROUND, 'bedrock');
  assert.equal(stage.run(ANNA, { type: 'startDig', pos: GROUND, face: 'up', pose }), null);
  assert.equal(stage.at(8, FLOOR, 10), 'air');
  assert.deepEqual(stage.items(), {});
});

test('B1 play.block-protected, play.no-permission, play.nothing-there, play.out-of-reach', () => {
  const stage = survivor();
  stage.join(BEN, 'adventure');
  const { pose } = stage.player();
  const start = (uuid: typeof ANNA, at: ReturnType<typeof pos>) => stage.run(uuid, { type: 'startDig', pos: at, face: 'up', pose });
  stage.set(GROUND, 'bedrock');
  assert.equal(start(ANNA, GROUND), 'play.block-protected');
  assert.equal(start(BEN, GROUND), 'play.no-permission');
  assert.equal(start(ANNA, pos(8, FLOOR + 3, 10)), 'play.nothing-there');
  stage.set(ABOVE, 'water');
  assert.equal(start(ANNA, ABOVE), 'play.nothing-there');
  assert.equal(start(ANNA, pos(8, FLOOR, 16)), 'play.out-of-reach');
});

test('B1 others see the block crack, each stage once', () => {
  const stage = survivor();
  const { pose } = stage.player();
  const stages: number[] = [];
  const note = (effects: ReturnType<Stage['tick']>['effects']): void => {
    for (const effect of effects) if (effect.type === 'show' && effect.event.kind === 'digProgress') stages.push(effect.event.stage);
  };
  note(stage.tick([stage.command(ANNA, { type: 'startDig', pos: GROUND, face: 'up', pose })]).effects);
  for (let i = 0; i < 148; i++) note(stage.tick().effects);
  note(stage.tick([stage.command(ANNA, { type: 'finishDig', pos: GROUND, face: 'up', pose })]).effects);
  assert.deepEqual(stages, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1]);
});

const PICK = item('netherite_pickaxe');
const SILK = enchanted('netherite_pickaxe', { silk_touch: 1 });
const SHEARS = item('shears');

/** block, tool, what may come out: name -> [least, most]. */
const DROPS: readonly (readonly [
  block: string,
  tool: ReturnType<typeof item> | null,
  drops: Readonly<Record<string, readonly [number, number]>>,
])[] = [
  ['stone', PICK, { cobblestone: [1, 1] }],
  ['stone', SILK, { stone: [1, 1] }],
  ['glass', null, {}],
  ['glass', SILK, { glass: [1, 1] }],
  ['grass_block', null, { dirt: [1, 1] }],
  ['coal_ore', PICK, { coal: [1, 1] }],
  ['coal_ore', SILK, { coal_ore: [1, 1] }],
  ['diamond_ore', enchanted('netherite_pickaxe', { fortune: 3 }), { diamond: [1, 4] }],
  ['lapis_ore', enchanted('netherite_pickaxe', { fortune: 3 }), { lapis_lazuli: [4, 36] }],
  ['redstone_ore', PICK, { redstone: [4, 5] }],
  ['clay', null, { clay_ball: [4, 4] }],
  ['glowstone', null, { glowstone_dust: [2, 4] }],
  ['melon', null, { melon_slice: [3, 7] }],
  ['bookshelf', null, { book: [3, 3] }],
  ['ender_chest', PICK, { obsidian: [8, 8] }],
  ['cobweb', item('iron_sword'), { string: [1, 1] }],
  ['cobweb', SHEARS, { cobweb: [1, 1] }],
  ['cobweb', null, {}],
  ['oak_leaves', SHEARS, { oak_leaves: [1, 1] }],
  ['short_grass', SHEARS, { short_grass: [1, 1] }],
  ['vine', SHEARS, { vine: [1, 1] }],
  ['vine', null, {}],
  ['oak_slab[type=double]', null, { oak_slab: [2, 2] }],
  ['candle[candles=3]', null, { candle: [3, 3] }],
  ['sea_pickle[pickles=4,waterlogged=false]', null, { sea_pickle: [4, 4] }],
  ['snow[layers=3]', item('iron_shovel'), { snowball: [3, 3] }],
  ['snow[layers=3]', null, {}],
  ['wheat[age=7]', null, { wheat: [1, 1], wheat_seeds: [1, 4] }],
  ['wheat[age=3]', null, { wheat_seeds: [1, 1] }],
  ['carrots[age=7]', null, { carrot: [1, 4] }],
  ['potted_poppy', null, { flower_pot: [1, 1], poppy: [1, 1] }],
  ['flower_pot', null, { flower_pot: [1, 1] }],
  ['candle_cake', null, { candle: [1, 1] }],
  ['oak_wall_sign', null, { oak_sign: [1, 1] }],
  ['wall_torch', null, { torch: [1, 1] }],
  ['white_wall_banner', null, { white_banner: [1, 1] }],
  ['tripwire', null, { string: [1, 1] }],
  ['redstone_wire', null, { redstone: [1, 1] }],
  ['farmland', null, { dirt: [1, 1] }],
  ['infested_stone', null, {}],
  ['bee_nest', null, {}],
  ['beehive', null, { beehive: [1, 1] }],
  ['spawner', PICK, {}],
  ['kelp_plant', null, { kelp: [1, 1] }],
  ['chorus_flower', null, { chorus_flower: [1, 1] }],
  ['decorated_pot', null, { decorated_pot: [1, 1] }],
  ['decorated_pot', item('iron_sword'), { brick: [4, 4] }],
  ['gilded_blackstone', SILK, { gilded_blackstone: [1, 1] }],
];

test('B9 what each class of block gives, by tool', () => {
  for (const [block, tool, drops] of DROPS) {
    const stage = survivor();
    stage.fields(ANNA, { statusEffects: [{ name: 'minecraft:haste', amplifier: 1e7, untilTick: 1e9 }] });
    stage.shard.apply([{ type: 'block', pos: ABOVE, state: stage.id(block) }]);
    stage.hold(ANNA, tool);
    assert.equal(stage.run(ANNA, { type: 'startDig', pos: ABOVE, face: 'up', pose: stage.player().pose }), null, block);
    const found = stage.items();
    const where = `${block} with ${tool?.name ?? 'the hand'}: ${JSON.stringify(found)}`;
    for (const [name, [least, most]] of Object.entries(drops)) assert.ok((found[name] ?? 0) >= least && (found[name] ?? 0) <= most, where);
    for (const name of Object.keys(found)) assert.ok(name in drops, where);
  }
});

test('B9 gravel is flint about once in ten, and always with fortune III', () => {
  const count = (tool: ReturnType<typeof item>): Readonly<Record<string, number>> => {
    const stage = survivor();
    stage.fields(ANNA, { statusEffects: [{ name: 'minecraft:haste', amplifier: 1e7, untilTick: 1e9 }] });
    stage.hold(ANNA, tool);
    for (let i = 0; i < 300; i++) {
      stage.set(GROUND, 'gravel');
      stage.run(ANNA, { type: 'startDig', pos: GROUND, face: 'up', pose: stage.player().pose });
    }
    return stage.items();
  };
  const plain = count(item('netherite_shovel'));
  assert.equal((plain['flint'] ?? 0) + (plain['gravel'] ?? 0), 300);
  assert.ok(plain['flint']! > 12 && plain['flint']! < 55, JSON.stringify(plain));
  assert.deepEqual(count(enchanted('netherite_shovel', { fortune: 3 })), { flint: 300 });
});

test('B9 doTileDrops=false drops nothing', () => {
  const stage = survivor();
  stage.council = { ...stage.council, gameRules: new Map([['doTileDrops', 'false']]) };
  stage.set(ABOVE, 'torch');
  stage.run(ANNA, { type: 'startDig', pos: ABOVE, face: 'up', pose: stage.player().pose });
  assert.equal(stage.at(8, FLOOR + 1, 10), 'air');
  assert.deepEqual(stage.items(), {});
});

test('B9 every block of the version breaks without a fault and leaves only known items', () => {
  const stage = survivor();
  stage.fields(ANNA, { statusEffects: [{ name: 'minecraft:haste', amplifier: 1e7, untilTick: 1e9 }] });
  const known = new Set(kit.tables.items.map(({ name }) => name.slice(10)));
  for (const block of kit.tables.blocks) {
    const offsets = [
      block.defaultState,
      block.firstState,
      block.firstState + block.properties.reduce((n, { values }) => n * values.length, 1) - 1,
    ];
    for (const state of offsets) {
      stage.shard.apply([{ type: 'block', pos: ABOVE, state }]);
      stage.hold(ANNA, block.tool === null ? null : item(`netherite_${block.tool}`));
      stage.run(ANNA, { type: 'startDig', pos: ABOVE, face: 'up', pose: stage.player().pose });
      for (const name of Object.keys(stage.items())) assert.ok(known.has(name), `${block.name} drops ${name}`);
      stage.clearItems();
    }
  }
});
