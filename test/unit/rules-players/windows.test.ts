import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { localKey } from '../../../src-shared/units/index.ts';
import type { Advanced, ShowEvent } from '../../../src-main/core/world/index.ts';
import { ANNA, BEN, FLOOR, item, pos, Stage } from '../rules-blocks/stage.ts';
import { CHEST, Desk, itemsAt, text } from './desk.ts';

const shown = <K extends ShowEvent['kind']>({ effects }: Advanced, kind: K): readonly Extract<ShowEvent, { kind: K }>[] =>
  effects.flatMap((effect) =>
    effect.type === 'show' && effect.event.kind === kind ? [effect.event as Extract<ShowEvent, { kind: K }>] : [],
  );

const useOn = (stage: Stage, at = CHEST) =>
  ({
    type: 'useOn',
    hand: 'main',
    pos: at,
    face: 'north',
    cursor: { x: 0.5, y: 0.5, z: 0 },
    inside: false,
    pose: stage.player().pose,
  }) as const;

describe('O1 a right click opens what holds items', () => {
  const kinds = [
    ['chest', 'generic_9x3', 'container.chest'],
    ['trapped_chest', 'generic_9x3', 'container.chest'],
    ['ender_chest', 'ender_chest', 'container.enderchest'],
    ['barrel', 'generic_9x3', 'container.barrel'],
    ['blue_shulker_box', 'shulker_box', 'container.shulkerBox'],
    ['hopper', 'hopper', 'container.hopper'],
    ['dispenser', 'generic_3x3', 'container.dispenser'],
    ['dropper', 'generic_3x3', 'container.dropper'],
    ['furnace', 'furnace', 'container.furnace'],
    ['blast_furnace', 'blast_furnace', 'container.blast_furnace'],
    ['smoker', 'smoker', 'container.smoker'],
    ['crafting_table', 'crafting', 'container.crafting'],
  ] as const;
  for (const [block, kind, title] of kinds) {
    test(block, () => {
      const { window } = new Desk().open(block).stage.player();
      assert.equal(window?.kind, kind);
      assert.equal(window.title, JSON.stringify({ translate: title }));
      assert.ok(window.id >= 1 && window.id <= 100);
    });
  }

  test('with the name that somebody gave it', () => {
    const desk = new Desk();
    desk.stage.set(CHEST, 'chest');
    desk.stage.shard.apply([
      { type: 'blockEntity', pos: CHEST, nbt: nbt.compound({ id: nbt.text('minecraft:chest'), CustomName: nbt.text('"Anna\'s"') }) },
    ]);
    desk.stage.use(ANNA, CHEST, 'north');
    assert.equal(desk.stage.player().window?.title, '"Anna\'s"');
  });

  test('not while sneaking with something in the hand, but with empty hands', () => {
    const { stage } = new Desk();
    stage.set(CHEST, 'chest');
    stage.fields(ANNA, { sneaking: true });
    stage.hold(ANNA, item('stick'));
    stage.use(ANNA, CHEST, 'north');
    assert.equal(stage.player().window, null);
    stage.hold(ANNA, null);
    stage.use(ANNA, CHEST, 'north');
    assert.equal(stage.player().window?.kind, 'generic_9x3');
  });

  test('not a chest under an opaque block, but under glass', () => {
    const { stage } = new Desk();
    stage.set(CHEST, 'chest');
    stage.set({ ...CHEST, y: CHEST.y + 1 }, 'stone');
    stage.use(ANNA, CHEST, 'north');
    assert.equal(stage.player().window, null);
    stage.set({ ...CHEST, y: CHEST.y + 1 }, 'glass');
    stage.use(ANNA, CHEST, 'north');
    assert.notEqual(stage.player().window, null);
  });

  test('not a shulker box whose lid has no room', () => {
    const { stage } = new Desk();
    stage.set(CHEST, 'shulker_box[facing=up]');
    stage.set({ ...CHEST, y: CHEST.y + 1 }, 'glass');
    stage.use(ANNA, CHEST, 'north');
    assert.equal(stage.player().window, null);
  });

  test('a locked one only with the key in the hand', () => {
    const { stage } = new Desk();
    stage.set(CHEST, 'chest');
    stage.shard.apply([{ type: 'blockEntity', pos: CHEST, nbt: nbt.compound({ id: nbt.text('minecraft:chest'), Lock: nbt.text('key') }) }]);
    const refused = stage.tick([stage.command(ANNA, useOn(stage))]);
    assert.ok(refused.effects.some((effect) => effect.type === 'notice' && effect.text.key === 'container.isLocked' && effect.overlay));
    assert.equal(stage.player().window, null);
    stage.hold(ANNA, item('stick', 1, nbt.compound({ 'minecraft:custom_name': nbt.text('"key"') })));
    stage.use(ANNA, CHEST, 'north');
    assert.notEqual(stage.player().window, null);
  });
});

describe('O2 a double chest is one window of both halves', () => {
  for (const facing of ['north', 'east', 'south', 'west'] as const) {
    test(`the right half first, facing ${facing}`, () => {
      const stage = new Stage();
      stage.join(ANNA, 'survival', { x: 8.5, y: FLOOR + 1, z: 8.5, yaw: 0, pitch: 0 });
      const step = { north: [1, 0], east: [0, 1], south: [-1, 0], west: [0, -1] }[facing];
      const left = { x: CHEST.x + step[0]!, y: CHEST.y, z: CHEST.z + step[1]! };
      // Seen from the front, the half of type left stands on the viewer's right.
      stage.set(CHEST, `chest[facing=${facing},type=left]`);
      stage.set(left, `chest[facing=${facing},type=right]`);
      stage.use(ANNA, CHEST, 'north');
      const window = stage.player().window!;
      assert.deepEqual([window.kind, window.blocks], ['generic_9x6', [left, CHEST]]);
      assert.equal(window.title, JSON.stringify({ translate: 'container.chestDouble' }));
      stage.fields(ANNA, { cursor: item('stone', 3) });
      const { pose } = stage.player();
      stage.run(ANNA, { type: 'clickWindow', window: window.id, slot: 27, button: 0, mode: 0, pose });
      assert.deepEqual([text(itemsAt(stage, CHEST)[0]), itemsAt(stage, left)], ['stone x3', []]);
    });
  }
});

describe('O3 contents live in the block, in the form of its save', () => {
  for (const [dataVersion, countTag] of [
    [3105, 'Count'],
    [3955, 'count'],
  ] as const) {
    test(`data version ${dataVersion}`, () => {
      const stage = new Stage({ dataVersion });
      stage.join(ANNA, 'survival', { x: 8.5, y: FLOOR + 1, z: 8.5, yaw: 0, pitch: 0 });
      stage.set(CHEST, 'chest');
      stage.use(ANNA, CHEST, 'north');
      stage.fields(ANNA, { cursor: item('stone', 3) });
      const { pose, window } = stage.player();
      stage.run(ANNA, { type: 'clickWindow', window: window!.id, slot: 5, button: 0, mode: 0, pose });
      const entity = stage.shard.chunk(0, 0)!.blockEntities.get(localKey(CHEST))!;
      const [entry] = nbt.getList(entity, 'Items')!;
      assert.ok(entry?.type === 'compound');
      assert.deepEqual([nbt.getNumber(entry, 'Slot'), nbt.getText(entry, 'id'), nbt.getNumber(entry, countTag)], [5, 'minecraft:stone', 3]);
      assert.deepEqual([nbt.getText(entity, 'id'), nbt.getNumber(entity, 'x')], ['minecraft:chest', CHEST.x]);
    });
  }
});

describe('O4 two players look into one chest', () => {
  const two = (): Stage => {
    const { stage } = new Desk();
    stage.join(BEN, 'survival', { x: 8.5, y: FLOOR + 1, z: 9, yaw: 0, pitch: 0 });
    stage.set(CHEST, 'chest');
    return stage;
  };

  test('the lid counts its viewers; sounds come with the first and the last', () => {
    const stage = two();
    const first = stage.tick([stage.command(ANNA, useOn(stage))]);
    assert.deepEqual(shown(first, 'blockAction'), [{ kind: 'blockAction', pos: CHEST, action: 1, value: 1 }]);
    assert.deepEqual(
      shown(first, 'sound').map(({ sound }) => sound),
      ['minecraft:block.chest.open'],
    );
    const second = stage.tick([stage.command(BEN, useOn(stage))]);
    assert.deepEqual([shown(second, 'blockAction')[0]?.value, shown(second, 'sound').length], [2, 0]);
    const { pose } = stage.player();
    const third = stage.tick([stage.command(ANNA, { type: 'closeWindow', window: stage.player().window!.id, pose })]);
    assert.deepEqual([shown(third, 'blockAction')[0]?.value, shown(third, 'sound').length], [1, 0]);
    const fourth = stage.tick([stage.command(BEN, { type: 'leave' })]);
    assert.deepEqual([shown(fourth, 'blockAction')[0]?.value, shown(fourth, 'sound')[0]?.sound], [0, 'minecraft:block.chest.close']);
  });

  test('what one takes the other does not get', () => {
    const stage = two();
    stage.shard.apply([{ type: 'slot', uuid: ANNA, slot: 9, item: item('diamond', 5) }]);
    for (const uuid of [ANNA, BEN]) stage.run(uuid, useOn(stage));
    const clickBy = (uuid: typeof ANNA, slot: number, mode: number) =>
      ({ type: 'clickWindow', window: stage.player(uuid).window!.id, slot, button: 0, mode, pose: stage.player(uuid).pose }) as const;
    stage.run(ANNA, clickBy(ANNA, 27, 1));
    stage.tick([stage.command(BEN, clickBy(BEN, 0, 0)), stage.command(ANNA, clickBy(ANNA, 0, 0))]);
    assert.deepEqual([text(stage.player(BEN).cursor), text(stage.player(ANNA).cursor)], ['diamond x5', null]);
  });

  test('a barrel shows that it is open by its state', () => {
    const { stage } = new Desk().open('barrel');
    assert.equal(stage.property(CHEST, 'open'), 'true');
    stage.run(ANNA, { type: 'closeWindow', window: stage.player().window!.id, pose: stage.player().pose });
    assert.equal(stage.property(CHEST, 'open'), 'false');
  });
});

describe('O5 a window closes by itself', () => {
  test('when the block is gone: what it held falls, what the player carried comes back', () => {
    const desk = new Desk().put(9, 'stone', 5).open('chest');
    desk.click(27, 0, 1).carry('dirt', 2);
    desk.stage.join(BEN, 'creative', { x: 8.5, y: FLOOR + 1, z: 9, yaw: 0, pitch: 0 });
    desk.stage.run(BEN, { type: 'startDig', pos: CHEST, face: 'up', pose: desk.stage.player(BEN).pose });
    assert.equal(desk.stage.player().window, null);
    assert.equal(desk.cursor, null);
    assert.deepEqual([desk.stage.items(), desk.at(36)], [{ stone: 5 }, 'dirt x2']);
  });

  test('when the player is too far away', () => {
    const { stage } = new Desk().open('chest');
    const far = { ...stage.player().pose, z: 0.5 };
    stage.run(ANNA, { type: 'move', pose: far, onGround: true, flying: false, sneaking: false, sprinting: false });
    assert.equal(stage.player().window, null);
  });

  test('when the player dies or leaves', () => {
    const { stage } = new Desk().open('chest');
    stage.fields(ANNA, { health: 1 });
    stage.run(ANNA, { type: 'land', distance: 20 });
    assert.equal(stage.player().window, null);
    const other = new Desk().open('chest').stage;
    other.run(ANNA, { type: 'leave' });
    assert.equal(other.player().window, null);
  });

  test('when another one opens', () => {
    const desk = new Desk().open('crafting_table');
    const first = desk.stage.player().window!.id;
    desk.carry('oak_log', 3).click(1, 0, 0);
    desk.stage.set(pos(7, FLOOR + 1, 10), 'chest');
    desk.stage.use(ANNA, pos(7, FLOOR + 1, 10), 'north');
    assert.notEqual(desk.stage.player().window?.id, first);
    assert.equal(desk.at(36), 'oak_log x3');
  });
});

describe('O6 closing gives everything back', () => {
  test('the cursor and the grid of the inventory; what finds no room falls', () => {
    const desk = new Desk().carry('oak_log', 3).click(1, 0, 0).carry('dirt', 2);
    for (let slot = 9; slot <= 44; slot++) desk.put(slot, 'stone', 64);
    desk.put(44, 'dirt', 63);
    desk.stage.run(ANNA, { type: 'closeWindow', window: 0, pose: desk.stage.player().pose });
    assert.deepEqual([desk.cursor, desk.at(0), desk.at(1), desk.at(44)], [null, null, null, 'dirt x64']);
    assert.deepEqual(desk.stage.items(), { dirt: 1, oak_log: 3 });
  });
});

describe("O7 an ender chest is the player's own", () => {
  test("the same things in every one of them, and nobody else's", () => {
    const desk = new Desk().put(9, 'stone', 5).open('ender_chest');
    desk.click(27, 0, 1);
    assert.equal(text(desk.stage.player().enderItems[0]), 'stone x5');
    assert.equal(desk.stage.shard.chunk(0, 0)!.blockEntities.has(localKey(CHEST)), false);
    desk.stage.join(BEN, 'survival', { x: 8.5, y: FLOOR + 1, z: 9, yaw: 0, pitch: 0 });
    assert.equal(desk.stage.player(BEN).enderItems[0], null);
  });
});

describe('O8 loot that nobody has rolled', () => {
  test('looks empty, and stays until something is put in', () => {
    const desk = new Desk();
    desk.stage.set(CHEST, 'chest');
    const tag = nbt.compound({ id: nbt.text('minecraft:chest'), LootTable: nbt.text('minecraft:chests/igloo') });
    desk.stage.shard.apply([{ type: 'blockEntity', pos: CHEST, nbt: tag }]);
    desk.stage.use(ANNA, CHEST, 'north');
    desk.click(3, 0, 0);
    assert.equal(desk.stage.shard.chunk(0, 0)!.blockEntities.get(localKey(CHEST)), tag);
  });
});

test('O9 spectators look but do not touch', () => {
  const desk = new Desk().put(9, 'stone', 5).open('chest');
  desk.stage.fields(ANNA, { gameMode: 'spectator' });
  desk.click(27, 0, 1);
  assert.deepEqual([desk.chest(), desk.at(9)], [{}, 'stone x5']);
});
