import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { localKey, type Uuid } from '../../../src-shared/units/index.ts';
import type { Advanced, Command, Entity } from '../../../src-main/core/world/index.ts';
import { ANNA, BEN, COUNCIL, enchanted, FLOOR, item, pos, Stage } from '../rules-blocks/stage.ts';
import { CHEST, damageOf, text } from './desk.ts';

const GROUND = FLOOR + 1;
const HERE = { x: 8.5, y: GROUND, z: 8.5, yaw: 0, pitch: 0 };

function stageWith(
  mode: 'survival' | 'creative' | 'adventure' | 'spectator' = 'survival',
  options: ConstructorParameters<typeof Stage>[0] = {},
): Stage {
  const stage = new Stage(options);
  stage.join(ANNA, mode, HERE);
  return stage;
}

const died = ({ effects }: Advanced) =>
  effects.flatMap((effect) => (effect.type === 'show' && effect.event.kind === 'died' ? [effect.event] : []));

describe('P1 joining and leaving', () => {
  const joinAs = (session: string, uuid: Uuid = ANNA): Command => ({
    session: session as Uuid,
    sequence: 1,
    player: uuid,
    action: { type: 'join', name: 'anna', profile: null },
  });

  test("a new player is born at the world's spawn, on the ground", () => {
    const stage = new Stage();
    stage.council = { ...COUNCIL, defaultGameMode: 'creative', spawn: { pos: pos(3, FLOOR - 5, 4), angle: 90 } };
    stage.tick([joinAs('00000000-0000-4000-8000-000000000001')]);
    const { pose, gameMode, health, online } = stage.player();
    assert.deepEqual([pose, gameMode, health, online], [{ x: 3.5, y: GROUND, z: 4.5, yaw: 90, pitch: 0 }, 'creative', 20, true]);
  });

  test('high above the ground the spawn is lowered, over nothing it stays', () => {
    const stage = new Stage();
    stage.council = { ...COUNCIL, spawn: { pos: pos(3, FLOOR + 40, 4), angle: 0 } };
    stage.tick([joinAs('00000000-0000-4000-8000-000000000001')]);
    assert.equal(stage.player().pose.y, GROUND);
  });

  test('a known player comes back as they were; what an open session held is put away first', () => {
    const stage = stageWith();
    stage.fields(ANNA, { cursor: item('stone', 3), heldSlot: 4 });
    const { skipped } = stage.tick([joinAs('00000000-0000-4000-8000-000000000002')]);
    assert.deepEqual(skipped, []);
    const { cursor, heldSlot, inventory } = stage.player();
    assert.deepEqual([cursor, heldSlot, text(inventory[36])], [null, 4, 'stone x3']);
    assert.equal(stage.shard.sessionOf(ANNA), '00000000-0000-4000-8000-000000000002');
    const old = stage.tick([{ session: ANNA, sequence: 2, player: ANNA, action: { type: 'leave' } }]);
    assert.equal(old.skipped.length, 1, 'the older session has ended');
  });

  test('a profile comes with its player, whatever identity it claims', () => {
    const stage = stageWith();
    const profile = { ...stage.player(), uuid: ANNA, health: 7, window: null };
    stage.tick([{ ...joinAs('00000000-0000-4000-8000-000000000003', BEN), action: { type: 'join', name: 'ben', profile } }]);
    assert.deepEqual([stage.player(BEN).health, stage.player(BEN).name, stage.player(BEN).uuid], [7, 'ben', BEN]);
  });

  test('leaving puts cursor and grid away; a second leave is play.not-online', () => {
    const stage = stageWith();
    stage.fields(ANNA, { cursor: item('stone', 3) });
    stage.shard.apply([{ type: 'slot', uuid: ANNA, slot: 2, item: item('dirt') }]);
    assert.equal(stage.run(ANNA, { type: 'leave' }), null);
    assert.deepEqual([text(stage.player().inventory[36]), text(stage.player().inventory[37])], ['stone x3', 'dirt x1']);
    assert.equal(stage.run(ANNA, { type: 'leave' }), 'play.not-online');
  });
});

describe('P2 hands', () => {
  test('the held slot changes, hands change places', () => {
    const stage = stageWith();
    stage.hold(ANNA, item('stone', 3));
    stage.run(ANNA, { type: 'swapHands' });
    assert.deepEqual([stage.held(), text(stage.player().inventory[45])], [null, 'stone x3']);
    stage.run(ANNA, { type: 'holdSlot', slot: 8 });
    assert.equal(stage.player().heldSlot, 8);
    assert.equal(stage.run(ANNA, { type: 'holdSlot', slot: 9 }), 'play.bad-argument');
  });

  test('armour goes on with a right click, in exchange for what is worn', () => {
    const stage = stageWith();
    stage.shard.apply([{ type: 'slot', uuid: ANNA, slot: 5, item: item('golden_helmet') }]);
    stage.hold(ANNA, item('iron_helmet'));
    stage.run(ANNA, { type: 'useItem', hand: 'main', pose: HERE });
    assert.deepEqual([text(stage.player().inventory[5]), text(stage.held())], ['iron_helmet x1', 'golden_helmet x1']);
  });

  test('the curse of binding holds', () => {
    const stage = stageWith();
    stage.shard.apply([{ type: 'slot', uuid: ANNA, slot: 5, item: enchanted('golden_helmet', { binding_curse: 1 }) }]);
    stage.hold(ANNA, item('iron_helmet'));
    stage.run(ANNA, { type: 'useItem', hand: 'main', pose: HERE });
    assert.equal(text(stage.held()), 'iron_helmet x1');
  });
});

describe('P3 the creative inventory', () => {
  const put = (slot: number, stack: ReturnType<typeof item> | null) => ({ type: 'creativeSlot', slot, item: stack, pose: HERE }) as const;

  test('puts anything that exists, up to a stack; slot -1 throws it', () => {
    const stage = stageWith('creative');
    assert.equal(stage.run(ANNA, put(36, item('stone', 64))), null);
    assert.equal(stage.run(ANNA, put(-1, item('dirt', 2))), null);
    assert.deepEqual([text(stage.held()), stage.items()], ['stone x64', { dirt: 2 }]);
    assert.equal(stage.run(ANNA, put(36, null)), null);
    assert.equal(stage.held(), null);
  });

  test('play.bad-argument for what can not be, play.no-permission in survival', () => {
    const stage = stageWith('creative');
    for (const [slot, stack] of [
      [36, item('stone', 65)],
      [36, item('no_such_item')],
      [36, item('air')],
      [36, item('stone', 0)],
      [36, item('stone', 1.5)],
      [46, item('stone')],
      [0, item('stone')],
    ] as const)
      assert.equal(stage.run(ANNA, put(slot, stack)), 'play.bad-argument', `${slot} ${text(stack)}`);
    stage.fields(ANNA, { gameMode: 'survival' });
    assert.equal(stage.run(ANNA, put(36, item('stone'))), 'play.no-permission');
  });

  test('what we remember of old saves does not come in from a client', () => {
    const stage = stageWith('creative');
    stage.run(ANNA, put(36, item('stone', 1, nbt.compound({ 'peerhold:tag': nbt.compound({}) }))));
    assert.equal(stage.held()?.components, null);
  });
});

describe('P4 falls', () => {
  const fall = (stage: Stage, distance: number): number => {
    stage.fields(ANNA, { health: 20, safeUntilTick: 0 });
    stage.run(ANNA, { type: 'land', distance });
    return 20 - stage.player().health;
  };

  test('half a heart for each block beyond three, rounded up', () => {
    const stage = stageWith();
    assert.deepEqual(
      [2, 3, 3.1, 4, 5.5, 13].map((distance) => fall(stage, distance)),
      [0, 0, 1, 1, 3, 10],
    );
  });

  test('what is below matters', () => {
    const on = (block: string): number => {
      const stage = stageWith();
      stage.set(pos(8, FLOOR, 8), block);
      return fall(stage, 13);
    };
    assert.deepEqual(['hay_block', 'slime_block', 'white_bed', 'honey_block'].map(on), [2, 0, 5, 2]);
    const stage = stageWith();
    stage.set(pos(8, GROUND, 8), 'water');
    assert.equal(fall(stage, 30), 0);
    const ladder = stageWith();
    ladder.set(pos(8, GROUND, 8), 'ladder');
    assert.equal(fall(ladder, 30), 0);
  });

  test('feather falling softens, armour does not, and neither does anything in creative mode', () => {
    const stage = stageWith();
    stage.shard.apply([{ type: 'slot', uuid: ANNA, slot: 8, item: enchanted('diamond_boots', { feather_falling: 4 }) }]);
    assert.ok(Math.abs(fall(stage, 13) - 10 * (1 - 12 / 25)) < 1e-9);
    stage.fields(ANNA, { gameMode: 'creative' });
    assert.equal(fall(stage, 30), 0);
  });

  test('the game rule fallDamage', () => {
    const stage = stageWith();
    stage.council = { ...COUNCIL, gameRules: new Map([['fallDamage', 'false']]) };
    assert.equal(fall(stage, 30), 0);
  });
});

describe('P5 death and respawn', () => {
  const kill = (stage: Stage): Advanced => {
    stage.fields(ANNA, { safeUntilTick: 0 });
    return stage.tick([stage.command(ANNA, { type: 'land', distance: 100 })]);
  };

  test('everything falls, worn, carried and half crafted; experience is lost; the others hear why', () => {
    const stage = stageWith();
    stage.hold(ANNA, item('stone', 3));
    stage.shard.apply([
      { type: 'slot', uuid: ANNA, slot: 5, item: item('iron_helmet') },
      { type: 'slot', uuid: ANNA, slot: 1, item: item('dirt', 2) },
    ]);
    stage.fields(ANNA, { cursor: item('stick', 4), experience: { level: 5, progress: 0.5, total: 60 } });
    const [event] = died(kill(stage));
    assert.equal(event?.message?.key, 'death.fell.accident.generic');
    assert.deepEqual(event?.message?.args, ['anna']);
    assert.deepEqual(stage.items(), { stone: 3, iron_helmet: 1, dirt: 2, stick: 4 });
    const { health, experience, inventory, cursor } = stage.player();
    assert.deepEqual([health, experience.level, cursor, inventory.every((slot) => slot === null)], [0, 0, null, true]);
  });

  test('the game rule keepInventory keeps both', () => {
    const stage = stageWith();
    stage.council = { ...COUNCIL, gameRules: new Map([['keepInventory', 'true']]) };
    stage.hold(ANNA, item('stone', 3));
    stage.fields(ANNA, { experience: { level: 5, progress: 0.5, total: 60 } });
    kill(stage);
    assert.deepEqual([text(stage.held()), stage.player().experience.level, stage.items()], ['stone x3', 5, {}]);
  });

  test('the curse of vanishing', () => {
    const stage = stageWith();
    stage.hold(ANNA, enchanted('iron_sword', { vanishing_curse: 1 }));
    kill(stage);
    assert.deepEqual(stage.items(), {});
  });

  test("the dead act no more (play.dead) and are as good as new after respawning at the world's spawn", () => {
    const stage = stageWith();
    kill(stage);
    assert.equal(stage.run(ANNA, { type: 'drop', all: true, pose: HERE }), 'play.dead');
    stage.fields(ANNA, { food: 3 });
    const { effects } = stage.tick([stage.command(ANNA, { type: 'respawn' })]);
    const { health, food, pose } = stage.player();
    assert.deepEqual([health, food, pose.x], [20, 20, 8.5]);
    assert.ok(effects.some((effect) => effect.type === 'show' && effect.event.kind === 'teleport'));
    assert.equal(stage.run(ANNA, { type: 'respawn' }), 'play.bad-argument');
  });

  test("at the player's bed while it stands", () => {
    const stage = stageWith();
    stage.set(pos(2, GROUND, 2), 'white_bed');
    stage.fields(ANNA, { spawn: { pos: pos(2, GROUND, 2), angle: 45 } });
    kill(stage);
    stage.run(ANNA, { type: 'respawn' });
    assert.deepEqual([stage.player().pose.x, stage.player().pose.yaw], [2.5, 45]);
  });

  test('from another dimension the player departs for the overworld', () => {
    const stage = stageWith('survival', { dimension: 'minecraft:the_nether' });
    kill(stage);
    const { effects } = stage.tick([stage.command(ANNA, { type: 'respawn' })]);
    const depart = effects.find((effect) => effect.type === 'depart');
    assert.ok(depart?.type === 'depart' && depart.to === 'minecraft:overworld');
  });
});

describe('P6 hunger and health', () => {
  const waitFor = (stage: Stage, ticks: number): void => stage.ticks(ticks);

  test('with full food and saturation a sixth of the saturation heals every 10 ticks', () => {
    const stage = stageWith();
    stage.fields(ANNA, { health: 10, food: 20, saturation: 6, exhaustion: 0 });
    waitFor(stage, 10);
    assert.deepEqual([stage.player().health, stage.player().exhaustion], [11, 6]);
    waitFor(stage, 10);
    assert.deepEqual([stage.player().health, stage.player().saturation], [11 + 5 / 6, 5]);
  });

  test('with 18 or 19 one point every 80 ticks, for 6 of exhaustion', () => {
    const stage = stageWith();
    stage.fields(ANNA, { health: 10, food: 18, saturation: 0 });
    waitFor(stage, 80);
    assert.deepEqual([stage.player().health, stage.player().exhaustion], [11, 6]);
    waitFor(stage, 10);
    assert.deepEqual([stage.player().food, stage.player().exhaustion], [17, 2]);
    waitFor(stage, 200);
    assert.equal(stage.player().health, 11, 'below 18 nothing heals');
  });

  test('an empty stomach hurts every 80 ticks, down to what the difficulty leaves', () => {
    for (const [difficulty, left] of [
      ['easy', 10],
      ['normal', 1],
      ['hard', 0],
    ] as const) {
      const stage = stageWith();
      stage.council = { ...COUNCIL, difficulty };
      stage.fields(ANNA, { health: 12, food: 0, saturation: 0 });
      waitFor(stage, 80 * 14);
      assert.equal(stage.player().health, left, difficulty);
    }
  });

  test('sprinting costs 0.1 per block; every 4 take a point of saturation, then of food', () => {
    const stage = stageWith();
    stage.fields(ANNA, { saturation: 1, exhaustion: 0 });
    for (let i = 1; i <= 9; i++) {
      const pose = { ...HERE, z: 8.5 + 10 * (i % 2) };
      stage.run(ANNA, { type: 'move', pose, onGround: true, flying: false, sneaking: false, sprinting: true });
    }
    waitFor(stage, 10);
    assert.deepEqual([stage.player().saturation, stage.player().food], [0, 19]);
  });

  test('eating takes 32 ticks, fills, and leaves the bowl', () => {
    const stage = stageWith();
    stage.fields(ANNA, { food: 10, saturation: 0 });
    stage.hold(ANNA, item('mushroom_stew'));
    stage.run(ANNA, { type: 'useItem', hand: 'main', pose: HERE });
    const started = stage.shard.tick;
    assert.equal(stage.player().using?.hand, 'main');
    waitFor(stage, 31);
    assert.equal(stage.player().food, 10);
    waitFor(stage, 1);
    assert.equal(stage.shard.tick - started, 32);
    assert.deepEqual([stage.player().food, stage.player().using, text(stage.held())], [16, null, 'bowl x1']);
  });

  test('letting go early, or another slot, is no meal; nobody eats when full', () => {
    const stage = stageWith();
    stage.fields(ANNA, { food: 10 });
    stage.hold(ANNA, item('bread', 2));
    stage.run(ANNA, { type: 'useItem', hand: 'main', pose: HERE });
    stage.run(ANNA, { type: 'releaseItem' });
    stage.run(ANNA, { type: 'useItem', hand: 'main', pose: HERE });
    stage.run(ANNA, { type: 'holdSlot', slot: 1 });
    waitFor(stage, 40);
    assert.equal(stage.player().food, 10);
    stage.fields(ANNA, { food: 20, heldSlot: 0 });
    stage.run(ANNA, { type: 'useItem', hand: 'main', pose: HERE });
    assert.equal(stage.player().using, null);
  });
});

describe('P7 surroundings', () => {
  test('the void takes 2 hearts every half second, in creative mode too', () => {
    const stage = stageWith('creative');
    stage.fields(ANNA, { pose: { ...HERE, y: -64 - 65 } });
    stage.ticks(60);
    assert.equal(stage.player().health, 0);
  });

  test('lava takes 2 hearts every half second and sets on fire; water puts it out', () => {
    const stage = stageWith();
    stage.fields(ANNA, { food: 10 });
    stage.set(pos(8, GROUND, 8), 'lava');
    stage.ticks(10);
    assert.deepEqual([stage.player().health, stage.player().fireTicks], [16, 300]);
    stage.set(pos(8, GROUND, 8), 'water');
    stage.ticks(10);
    assert.equal(stage.player().fireTicks, 0);
  });

  test("fire burns on for 8 seconds, a heart's half each", () => {
    const stage = stageWith();
    stage.fields(ANNA, { fireTicks: 160, saturation: 0, food: 10 });
    stage.ticks(170);
    assert.deepEqual([stage.player().health, stage.player().fireTicks], [20 - 7, 0]);
  });

  test('15 seconds of breath, then a heart every second; air brings it back', () => {
    const stage = stageWith();
    stage.fields(ANNA, { food: 10 });
    stage.set(pos(8, GROUND, 8), 'water');
    stage.set(pos(8, GROUND + 1, 8), 'water');
    stage.ticks(310);
    assert.equal(stage.player().health, 20);
    stage.ticks(10);
    assert.equal(stage.player().health, 18);
    stage.ticks(20);
    assert.equal(stage.player().health, 16);
    stage.set(pos(8, GROUND + 1, 8), 'air');
    stage.ticks(80);
    assert.equal(stage.player().air, 300);
  });

  test('spawn protection holds for its time', () => {
    const stage = stageWith();
    stage.fields(ANNA, { safeUntilTick: stage.shard.tick + 30 });
    stage.set(pos(8, GROUND, 8), 'lava');
    stage.ticks(25);
    assert.equal(stage.player().health, 20);
  });
});

describe('P8 blows', () => {
  const pair = (): Stage => {
    const stage = stageWith();
    stage.join(BEN, 'survival', { ...HERE, z: 10.5 });
    return stage;
  };
  const hit = (stage: Stage): string | null =>
    stage.run(ANNA, { type: 'attack', target: { type: 'player', uuid: BEN }, pose: stage.player().pose });

  test('a fist takes half a heart, a diamond sword three and a half; nobody is hurt twice within half a second', () => {
    const stage = pair();
    hit(stage);
    assert.equal(stage.player(BEN).health, 19);
    stage.hold(ANNA, item('diamond_sword'));
    hit(stage);
    assert.equal(stage.player(BEN).health, 19);
    stage.ticks(10);
    stage.fields(BEN, { health: 20 });
    hit(stage);
    assert.equal(stage.player(BEN).health, 13);
    assert.equal(damageOf(stage.held()), 1);
  });

  test('armour softens it and wears', () => {
    const stage = pair();
    stage.shard.apply([{ type: 'slot', uuid: BEN, slot: 6, item: item('diamond_chestplate') }]);
    stage.hold(ANNA, item('diamond_sword'));
    hit(stage);
    // 8 points and 2 of toughness against 7: max(8/5, 8 - 7/2.5) = 5.2 of 25.
    assert.ok(Math.abs(20 - stage.player(BEN).health - 7 * (1 - 5.2 / 25)) < 1e-9);
    assert.equal(damageOf(stage.player(BEN).inventory[6]), 1);
  });

  test('play.out-of-reach, play.target-not-found, and the rule pvp', () => {
    const stage = pair();
    stage.fields(BEN, { pose: { ...HERE, z: 20 } });
    assert.equal(hit(stage), 'play.out-of-reach');
    const nobody = { type: 'player', uuid: '00000000-0000-4000-8000-0000000000ff' as Uuid } as const;
    assert.equal(stage.run(ANNA, { type: 'attack', target: nobody, pose: HERE }), 'play.target-not-found');
    stage.fields(BEN, { pose: { ...HERE, z: 10 } });
    stage.council = { ...COUNCIL, gameRules: new Map([['pvp', 'false']]) };
    hit(stage);
    assert.equal(stage.player(BEN).health, 20);
  });

  test("the victim's death names the victor", () => {
    const stage = pair();
    stage.fields(BEN, { health: 1 });
    const done = stage.tick([stage.command(ANNA, { type: 'attack', target: { type: 'player', uuid: BEN }, pose: HERE })]);
    assert.equal(died(done)[0]?.message?.key, 'death.attack.player');
  });

  const summoned = (stage: Stage, kind: string, tag: Parameters<typeof nbt.compound>[0] = {}): number => {
    const id = stage.shard.nextEntityId;
    const entity: Entity = {
      id,
      uuid: `00000000-0000-4000-8000-00000000e${String(id).padStart(3, '0')}` as Uuid,
      kind: `minecraft:${kind}`,
      pose: { ...HERE, z: 10 },
      velocity: { x: 0, y: 0, z: 0 },
      body: { type: 'mob', health: 10, nbt: nbt.compound(tag), dataVersion: 3105 },
    };
    stage.shard.apply([{ type: 'entity', entity }]);
    return id;
  };

  test('creatures lose health and die', () => {
    const stage = stageWith();
    const id = summoned(stage, 'cow');
    stage.hold(ANNA, item('diamond_sword'));
    const blow = { type: 'attack', target: { type: 'entity', id }, pose: HERE } as const;
    stage.run(ANNA, blow);
    const { body } = stage.shard.entity(id)!;
    assert.ok(body.type === 'mob' && body.health === 3);
    stage.run(ANNA, blow);
    assert.equal(stage.shard.entity(id), null);
  });

  test('a chest minecart gives itself and its load', () => {
    const stage = stageWith();
    const load = nbt.compound({ Slot: nbt.byte(3), id: nbt.text('minecraft:coal'), Count: nbt.byte(9) });
    const id = summoned(stage, 'chest_minecart', { Items: nbt.list('compound', [load]) });
    stage.run(ANNA, { type: 'attack', target: { type: 'entity', id }, pose: HERE });
    assert.deepEqual(stage.items(), { chest_minecart: 1, coal: 9 });
  });
});

describe('P9 signs', () => {
  const write = (stage: Stage, front: boolean, lines: readonly string[]) => stage.run(ANNA, { type: 'editSign', pos: CHEST, front, lines });
  const tagOf = (stage: Stage) => stage.shard.chunk(0, 0)!.blockEntities.get(localKey(CHEST))!;

  test('two sides since 1.20', () => {
    const stage = stageWith();
    stage.set(CHEST, 'oak_sign');
    assert.equal(write(stage, false, ['a', '§cb"']), null);
    const messages = nbt.getList(nbt.getCompound(tagOf(stage), 'back_text')!, 'messages')!;
    assert.deepEqual(
      messages.map(({ value }) => value),
      ['{"text":"a"}', '{"text":"b\\""}', '{"text":""}', '{"text":""}'],
    );
  });

  test('one before, and what we do not know stays', () => {
    const stage = stageWith('survival', { dataVersion: 3105 });
    stage.set(CHEST, 'oak_sign');
    stage.shard.apply([{ type: 'blockEntity', pos: CHEST, nbt: nbt.compound({ id: nbt.text('minecraft:sign'), Color: nbt.text('red') }) }]);
    assert.equal(write(stage, true, ['a', 'b', 'c', 'd']), null);
    assert.deepEqual([nbt.getText(tagOf(stage), 'Text4'), nbt.getText(tagOf(stage), 'Color')], ['{"text":"d"}', 'red']);
    assert.equal(write(stage, false, ['a']), 'play.bad-argument');
  });

  test('not waxed ones, not what is no sign, not from afar', () => {
    const stage = stageWith();
    assert.equal(write(stage, true, ['a']), 'play.nothing-there');
    stage.set(CHEST, 'oak_sign');
    stage.shard.apply([{ type: 'blockEntity', pos: CHEST, nbt: nbt.compound({ is_waxed: nbt.byte(1) }) }]);
    assert.equal(write(stage, true, ['a']), 'play.block-protected');
    stage.fields(ANNA, { pose: { ...HERE, x: 30 } });
    assert.equal(write(stage, true, ['a']), 'play.out-of-reach');
  });
});
