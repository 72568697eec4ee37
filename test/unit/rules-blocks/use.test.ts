import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nbt } from '../../../src-shared/nbt/index.ts';
import type { Effect } from '../../../src-main/core/world/index.ts';
import type { BlockPos, Pose } from '../../../src-shared/units/index.ts';
import { ANNA, FLOOR, item, pos, Stage } from './stage.ts';

const Y = FLOOR + 1;
const AT = pos(8, Y, 10);
const SOUTHWARDS: Pose = { x: 8.5, y: Y, z: 8.5, yaw: 0, pitch: 30 };

function survivor(): Stage {
  const stage = new Stage();
  stage.join(ANNA, 'survival', SOUTHWARDS);
  return stage;
}

/** Puts a block there and clicks it with something in the hand. */
function click(stage: Stage, block: string | null, held: string | null, at: BlockPos = AT): string | null {
  if (block !== null) stage.set(at, block);
  stage.hold(ANNA, held === null ? null : item(held, 1));
  return stage.use(ANNA, at, 'up');
}

function shown(effects: readonly Effect[], kind: string): readonly Effect[] {
  return effects.filter((effect) => effect.type === 'show' && effect.event.kind === kind);
}

test('B11 doors, trapdoors and gates open and shut by hand, both halves; iron ones do not', () => {
  const stage = survivor();
  stage.set(pos(8, Y + 1, 10), 'oak_door[half=upper]');
  click(stage, 'oak_door', null);
  assert.equal(stage.property(AT, 'open'), 'true');
  assert.equal(stage.property(pos(8, Y + 1, 10), 'open'), 'true');
  stage.use(ANNA, pos(8, Y + 1, 10), 'north');
  assert.equal(stage.property(AT, 'open'), 'false');
  for (const [block, opens] of [
    ['oak_trapdoor', true],
    ['copper_trapdoor', true],
    ['iron_trapdoor', false],
    ['iron_door', false],
  ] as const) {
    const fresh = survivor();
    if (block === 'iron_door') fresh.set(pos(8, Y + 1, 10), 'iron_door[half=upper]');
    click(fresh, block, null);
    assert.equal(fresh.property(AT, 'open'), String(opens), block);
  }
});

test('B11 a gate swings away from who opens it', () => {
  const stage = survivor();
  click(stage, 'oak_fence_gate[facing=north]', null);
  assert.equal(stage.at(8, Y, 10), 'oak_fence_gate[facing=south,in_wall=false,open=true,powered=false]');
});

test('B11 sneaking with something in the hand places instead of opening', () => {
  const stage = survivor();
  stage.fields(ANNA, { sneaking: true });
  click(stage, 'oak_trapdoor', 'stone');
  assert.equal(stage.property(AT, 'open'), 'false');
  assert.equal(stage.at(8, Y + 1, 10), 'stone');
});

test('B11 buttons come out again, wood after 30 ticks and stone after 20; levers stay', () => {
  for (const [block, ticks] of [
    ['oak_button[face=floor]', 30],
    ['stone_button[face=floor]', 20],
  ] as const) {
    const stage = survivor();
    click(stage, block, null);
    stage.ticks(ticks - 1);
    assert.equal(stage.property(AT, 'powered'), 'true', block);
    stage.tick();
    assert.equal(stage.property(AT, 'powered'), 'false', block);
  }
  const stage = survivor();
  click(stage, 'lever[face=floor]', null);
  stage.ticks(50);
  assert.equal(stage.property(AT, 'powered'), 'true');
});

test('B11 repeaters, comparators and daylight detectors turn on', () => {
  const stage = survivor();
  for (const delay of ['2', '3', '4', '1']) {
    if (delay === '2') stage.set(AT, 'repeater');
    click(stage, null, null);
    assert.equal(stage.property(AT, 'delay'), delay);
  }
  click(stage, 'comparator', null);
  assert.equal(stage.property(AT, 'mode'), 'subtract');
  click(stage, 'daylight_detector', null);
  assert.equal(stage.property(AT, 'inverted'), 'true');
});

test('B11 a note block plays what stands below, one note higher each click', () => {
  const stage = survivor();
  stage.set(pos(8, FLOOR, 10), 'gold_block');
  stage.hold(ANNA, item('note_block'));
  stage.use(ANNA, pos(8, FLOOR, 10), 'up');
  assert.equal(stage.property(AT, 'instrument'), 'bell');
  stage.hold(ANNA, null);
  const use = stage.command(ANNA, {
    type: 'useOn',
    hand: 'main',
    pos: AT,
    face: 'up',
    cursor: { x: 0.5, y: 1, z: 0.5 },
    inside: false,
    pose: SOUTHWARDS,
  });
  const { effects } = stage.tick([use]);
  assert.equal(stage.property(AT, 'note'), '1');
  const [sound] = shown(effects, 'sound');
  assert.ok(sound?.type === 'show' && sound.event.kind === 'sound');
  assert.equal(sound.event.sound, 'minecraft:block.note_block.bell');
  assert.ok(Math.abs(sound.event.pitch - 2 ** (-11 / 12)) < 1e-12);
  stage.run(ANNA, { type: 'startDig', pos: pos(8, FLOOR, 10), face: 'up', pose: SOUTHWARDS });
});

test('B12 cake is eaten slice by slice by the hungry; a candle goes onto a whole one and comes off', () => {
  const stage = survivor();
  click(stage, 'cake', null);
  assert.equal(stage.property(AT, 'bites'), '0', 'not hungry');
  stage.fields(ANNA, { food: 1, saturation: 0 });
  for (let slice = 1; slice <= 7; slice++) click(stage, null, null);
  assert.equal(stage.at(8, Y, 10), 'air');
  assert.equal(stage.player().food, 15);
  click(stage, 'cake', 'red_candle');
  assert.match(stage.at(8, Y, 10), /^red_candle_cake/);
  assert.equal(stage.held(), null);
  click(stage, null, null);
  assert.equal(stage.at(8, Y, 10), 'cake[bites=1]');
  assert.deepEqual(stage.items(), { red_candle: 1 });
});

test('B12 candles go out by hand, campfires by shovel', () => {
  const stage = survivor();
  click(stage, 'candle[lit=true]', null);
  assert.equal(stage.property(AT, 'lit'), 'false');
  click(stage, 'campfire', 'iron_shovel');
  assert.equal(stage.property(AT, 'lit'), 'false');
});

test('B12 a bed becomes the place to wake up, once told', () => {
  const stage = survivor();
  stage.set(pos(8, Y, 11), 'white_bed[part=head,facing=south]');
  click(stage, 'white_bed[part=foot,facing=south]', null);
  assert.deepEqual(stage.player().spawn, { pos: pos(8, Y, 11), angle: 0 });
  const { effects } = stage.tick([
    stage.command(ANNA, {
      type: 'useOn',
      hand: 'main',
      pos: AT,
      face: 'up',
      cursor: { x: 0.5, y: 1, z: 0.5 },
      inside: false,
      pose: SOUTHWARDS,
    }),
  ]);
  assert.ok(effects.every(({ type }) => type !== 'notice'));
});

test('B12 composters fill, ripen after a second and give bone meal', () => {
  const stage = survivor();
  stage.set(AT, 'composter');
  for (let i = 0; i < 7; i++) click(stage, null, 'cake');
  assert.equal(stage.property(AT, 'level'), '7');
  stage.ticks(20);
  assert.equal(stage.property(AT, 'level'), '8');
  click(stage, null, null);
  assert.deepEqual(stage.items(), { bone_meal: 1 });
  assert.equal(stage.property(AT, 'level'), '0');
});

test('B12 flower pots take a plant and give it back', () => {
  const stage = survivor();
  for (const [plant, potted] of [
    ['poppy', 'potted_poppy'],
    ['azalea', 'potted_azalea_bush'],
    ['bamboo', 'potted_bamboo'],
  ] as const) {
    click(stage, 'flower_pot', plant);
    assert.equal(stage.at(8, Y, 10), potted);
    assert.equal(stage.held(), null);
    click(stage, null, null);
    assert.equal(stage.at(8, Y, 10), 'flower_pot');
    assert.ok(stage.player().inventory.some((slot) => slot?.name === `minecraft:${plant}`));
  }
});

test('B13 axes strip and scrape, hoes till, shovels make paths, honeycomb waxes, each wearing or using up', () => {
  for (const [block, tool, becomes] of [
    ['oak_log[axis=x]', 'iron_axe', 'stripped_oak_log[axis=x]'],
    ['crimson_stem', 'iron_axe', 'stripped_crimson_stem[axis=y]'],
    [
      'oxidized_cut_copper_stairs[facing=west]',
      'iron_axe',
      'weathered_cut_copper_stairs[facing=west,half=bottom,shape=straight,waterlogged=false]',
    ],
    ['exposed_copper', 'iron_axe', 'copper_block'],
    ['waxed_copper_block', 'iron_axe', 'copper_block'],
    ['copper_block', 'honeycomb', 'waxed_copper_block'],
    ['grass_block[snowy=false]', 'iron_hoe', 'farmland[moisture=0]'],
    ['coarse_dirt', 'iron_hoe', 'dirt'],
    ['dirt', 'iron_shovel', 'dirt_path'],
    ['stone', 'iron_hoe', 'stone'],
  ] as const) {
    const stage = survivor();
    click(stage, block, tool);
    assert.equal(stage.at(8, Y, 10), becomes, block);
    if (tool === 'honeycomb') assert.equal(stage.held(), null);
    else if (becomes !== 'stone') assert.equal(nbt.getNumber(stage.held()!.components!, 'minecraft:damage'), 1, block);
  }
});

test('B13 waxing one half of a copper door waxes the other', () => {
  const stage = survivor();
  stage.fields(ANNA, { sneaking: true });
  stage.set(pos(8, Y + 1, 10), 'copper_door[half=upper]');
  click(stage, 'copper_door', 'honeycomb');
  assert.match(stage.at(8, Y, 10), /^waxed_copper_door/);
  assert.match(stage.at(8, Y + 1, 10), /^waxed_copper_door.*half=upper/);
});

test('B13 soil under a block turns to dirt', () => {
  const stage = survivor();
  stage.set(AT, 'farmland');
  stage.hold(ANNA, item('stone'));
  stage.use(ANNA, AT, 'up');
  stage.tick();
  assert.equal(stage.at(8, Y, 10), 'dirt');
});

test('B14 signs take dye, ink and wax on the side that one sees, in old and new chunks, and open the editor', () => {
  for (const dataVersion of [3955, 3337]) {
    const stage = new Stage({ dataVersion });
    stage.join(ANNA, 'survival', { ...SOUTHWARDS, z: 12.5 });
    stage.hold(ANNA, item('oak_sign'));
    stage.use(ANNA, pos(8, FLOOR, 10), 'up');
    stage.set(AT, 'oak_sign[rotation=0]');
    click(stage, null, 'red_dye');
    click(stage, null, 'glow_ink_sac');
    const sign = stage.blockEntity(AT)!;
    const side = dataVersion === 3955 ? nbt.getCompound(sign, 'front_text')! : sign;
    assert.equal(nbt.getText(side, dataVersion === 3955 ? 'color' : 'Color'), 'red');
    assert.equal(nbt.getNumber(side, dataVersion === 3955 ? 'has_glowing_text' : 'GlowingText'), 1);
    assert.equal(stage.held(), null);
    stage.hold(ANNA, null);
    const use = stage.command(ANNA, {
      type: 'useOn',
      hand: 'main',
      pos: AT,
      face: 'up',
      cursor: { x: 0.5, y: 1, z: 0.5 },
      inside: false,
      pose: stage.player().pose,
    });
    assert.equal(shown(stage.tick([use]).effects, 'openSign').length, 1);
    click(stage, null, 'honeycomb');
    assert.equal(nbt.getNumber(stage.blockEntity(AT)!, 'is_waxed'), 1);
    click(stage, null, 'blue_dye');
    assert.equal(stage.held()!.name, 'minecraft:blue_dye');
  }
});

test('B12 berries come off ripe bushes, shears carve pumpkins, bells ring, cauldrons hold a bucket', () => {
  const stage = survivor();
  stage.set(pos(8, FLOOR, 10), 'dirt');
  click(stage, 'sweet_berry_bush[age=3]', null);
  assert.equal(stage.property(AT, 'age'), '1');
  assert.ok(stage.items()['sweet_berries']! >= 2);
  stage.clearItems();
  click(stage, 'pumpkin', 'shears');
  assert.equal(stage.at(8, Y, 10), 'carved_pumpkin[facing=north]');
  assert.deepEqual(stage.items(), { pumpkin_seeds: 4 });
  click(stage, 'cauldron', 'lava_bucket');
  assert.equal(stage.at(8, Y, 10), 'lava_cauldron');
  assert.equal(stage.held()!.name, 'minecraft:bucket');
  click(stage, null, 'bucket');
  assert.equal(stage.held()!.name, 'minecraft:lava_bucket');
  stage.set(AT, 'bell[attachment=floor,facing=south]');
  const ring = stage.command(ANNA, {
    type: 'useOn',
    hand: 'main',
    pos: AT,
    face: 'north',
    cursor: { x: 0.5, y: 0.5, z: 0 },
    inside: false,
    pose: SOUTHWARDS,
  });
  assert.equal(shown(stage.tick([ring]).effects, 'blockAction').length, 1);
});
