import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HOTBAR_FIRST_SLOT, OFFHAND_SLOT, type Slot } from '../../../src-main/core/world/index.ts';
import { ANNA, item } from '../rules-blocks/stage.ts';
import { damageOf, Desk, text, worn } from './desk.ts';

describe('K1 mode 0: left and right clicks', () => {
  test('left takes all, puts all, merges up to a full stack, exchanges', () => {
    const desk = new Desk().put(9, 'stone', 40).put(10, 'stone', 40).put(11, 'dirt', 3);
    assert.equal(desk.click(9, 0, 0).cursor, 'stone x40');
    assert.equal(desk.click(10, 0, 0).cursor, 'stone x16');
    assert.equal(desk.at(10), 'stone x64');
    assert.equal(desk.click(11, 0, 0).cursor, 'dirt x3');
    assert.equal(desk.at(11), 'stone x16');
    assert.equal(desk.click(12, 0, 0).cursor, null);
    assert.equal(desk.at(12), 'dirt x3');
  });

  test('right takes the larger half, puts one', () => {
    const desk = new Desk().put(9, 'stone', 7);
    assert.equal(desk.click(9, 1, 0).cursor, 'stone x4');
    assert.equal(desk.click(9, 1, 0).cursor, 'stone x3');
    assert.equal(desk.at(9), 'stone x4');
    assert.equal(desk.click(20, 1, 0).at(20), 'stone x1');
  });

  test('outside throws all with left, one with right', () => {
    const desk = new Desk().carry('stone', 5);
    assert.equal(desk.click(-999, 1, 0).cursor, 'stone x4');
    assert.deepEqual(desk.stage.items(), { stone: 1 });
    assert.equal(desk.click(-999, 0, 0).cursor, null);
    assert.equal(desk.stage.items()['stone'], 5);
  });

  test('armour slots take only what is worn there, one of it', () => {
    const desk = new Desk().carry('stone', 2);
    assert.equal(desk.click(5, 0, 0).cursor, 'stone x2');
    assert.equal(desk.carry('iron_helmet', 1).click(6, 0, 0).cursor, 'iron_helmet x1');
    assert.equal(desk.click(5, 0, 0).at(5), 'iron_helmet x1');
    assert.equal(desk.carry('carved_pumpkin', 3).click(5, 0, 0).cursor, 'carved_pumpkin x3', 'a stack does not change places with one');
  });

  test('a slot that is no slot changes nothing and the window is sent again', () => {
    const desk = new Desk().carry('stone', 2);
    const { pose } = desk.stage.player();
    for (const slot of [46, 1000, -5, 1.5, Number.NaN]) {
      const { effects } = desk.stage.tick([desk.stage.command(ANNA, { type: 'clickWindow', window: 0, slot, button: 0, mode: 0, pose })]);
      assert.ok(effects.some((effect) => effect.type === 'show' && effect.event.kind === 'resync'));
    }
    assert.equal(desk.cursor, 'stone x2');
  });

  test('another window than the open one is play.window-closed', () => {
    const desk = new Desk().open('chest').carry('stone', 2);
    const { pose } = desk.stage.player();
    const refusal = desk.stage.run(ANNA, { type: 'clickWindow', window: 0, slot: 9, button: 0, mode: 0, pose });
    assert.equal(refusal, 'play.window-closed');
  });
});

describe('K2 mode 1: shift clicks go where vanilla sends them', () => {
  test('from the bag to the hotbar and back', () => {
    const desk = new Desk().put(9, 'stone', 64).put(36, 'stone', 60);
    desk.click(9, 0, 1);
    assert.deepEqual([desk.at(9), desk.at(36), desk.at(37)], [null, 'stone x64', 'stone x60']);
    desk.click(37, 0, 1);
    assert.deepEqual([desk.at(37), desk.at(9)], [null, 'stone x60']);
  });

  test('armour goes on if its place is free, a shield to the off hand', () => {
    const desk = new Desk().put(9, 'iron_boots').put(10, 'golden_boots').put(11, 'shield');
    desk.click(9, 0, 1).click(10, 0, 1).click(11, 0, 1);
    assert.deepEqual([desk.at(8), desk.at(36), desk.at(OFFHAND_SLOT)], ['iron_boots x1', 'golden_boots x1', 'shield x1']);
    desk.click(8, 0, 1);
    assert.deepEqual([desk.at(8), desk.at(9)], [null, 'iron_boots x1']);
  });

  test('into a chest from its first slot on, out of it from the last of the hotbar back', () => {
    const desk = new Desk().put(9, 'stone', 5).open('chest');
    desk.click(27, 0, 1);
    assert.deepEqual(desk.chest(), { 0: 'stone x5' });
    desk.click(0, 0, 1);
    assert.deepEqual([desk.chest(), desk.at(44)], [{}, 'stone x5']);
  });

  test('a furnace: what melts above, what burns below, the rest between bag and hotbar', () => {
    const desk = new Desk().put(9, 'raw_iron', 3).put(10, 'coal', 4).put(11, 'stick', 1).put(12, 'feather', 2).open('furnace');
    desk.click(3, 0, 1).click(4, 0, 1).click(6, 0, 1);
    assert.deepEqual(desk.chest(), { 0: 'raw_iron x3', 1: 'coal x3' }, 'one of the coals burns by now');
    assert.equal(desk.at(36), 'feather x2');
    desk.carry('bucket', 3).click(1, 0, 0);
    assert.equal(desk.cursor, 'bucket x3', 'a stack of buckets does not change places with coal');
  });

  test('a box does not go into a box', () => {
    const desk = new Desk().put(9, 'red_shulker_box').put(10, 'stone', 3).open('shulker_box');
    desk.click(27, 0, 1).click(28, 0, 1);
    assert.deepEqual(desk.chest(), { 0: 'stone x3' });
    assert.equal(desk.carry('shulker_box', 1).click(5, 0, 0).cursor, 'shulker_box x1');
  });
});

describe('K3 mode 2: number keys and the off hand', () => {
  test('empty keys take, full ones put, two change places', () => {
    const desk = new Desk().put(9, 'stone', 5).put(38, 'dirt', 6);
    assert.equal(desk.click(9, 0, 2).at(36), 'stone x5');
    assert.equal(desk.click(10, 2, 2).at(10), 'dirt x6');
    desk.click(36, 40, 2);
    assert.equal(desk.at(OFFHAND_SLOT), 'stone x5');
    desk.click(10, 40, 2);
    assert.deepEqual([desk.at(10), desk.at(OFFHAND_SLOT)], ['stone x5', 'dirt x6']);
  });

  test('behind a chest too, with the hidden off hand', () => {
    const desk = new Desk().put(OFFHAND_SLOT, 'stone', 5).open('chest');
    desk.click(3, 40, 2);
    assert.deepEqual([desk.chest(), desk.at(OFFHAND_SLOT)], [{ 3: 'stone x5' }, null]);
  });

  test('more than a slot holds: it takes what fits, what was there goes to the bag', () => {
    const desk = new Desk().put(5, 'iron_helmet').put(36, 'carved_pumpkin', 3);
    desk.click(5, 0, 2);
    assert.deepEqual([desk.at(5), desk.at(36), desk.at(37)], ['carved_pumpkin x1', 'carved_pumpkin x2', 'iron_helmet x1']);
  });

  test('other buttons are no keys', () => {
    const desk = new Desk().put(9, 'stone', 5);
    desk.click(9, 9, 2).click(9, 41, 2).click(9, -1, 2);
    assert.equal(desk.at(9), 'stone x5');
  });
});

describe('K4 mode 3: the middle button copies in creative mode only', () => {
  test('a full stack onto an empty cursor', () => {
    assert.equal(new Desk('creative').put(9, 'ender_pearl', 2).click(9, 2, 3).cursor, 'ender_pearl x16');
    assert.equal(new Desk().put(9, 'stone', 5).click(9, 2, 3).cursor, null);
  });
});

describe('K5 mode 4: throwing out of a slot', () => {
  test('one with Q, all with Ctrl-Q, nothing while something is carried', () => {
    const desk = new Desk().put(9, 'stone', 5);
    assert.equal(desk.click(9, 0, 4).at(9), 'stone x4');
    assert.equal(desk.carry('dirt', 1).click(9, 1, 4).at(9), 'stone x4');
    desk.stage.fields(ANNA, { cursor: null });
    assert.equal(desk.click(9, 1, 4).at(9), null);
    assert.equal(desk.stage.items()['stone'], 5);
  });
});

describe('K6 mode 5: dragging', () => {
  test('left splits evenly and keeps the rest', () => {
    const desk = new Desk().carry('stone', 11).drag(0, [9, 10, 11]);
    assert.deepEqual([desk.at(9), desk.at(10), desk.at(11), desk.cursor], ['stone x3', 'stone x3', 'stone x3', 'stone x2']);
  });

  test('right puts one each', () => {
    const desk = new Desk().carry('stone', 5).put(10, 'stone', 63).drag(4, [9, 10, 11]);
    assert.deepEqual([desk.at(9), desk.at(10), desk.at(11), desk.cursor], ['stone x1', 'stone x64', 'stone x1', 'stone x2']);
  });

  test('no slot that is full, of another item, or beyond the number of items', () => {
    const desk = new Desk().carry('stone', 2).put(9, 'dirt', 1).drag(0, [9, 10, 11, 12]);
    assert.deepEqual([desk.at(9), desk.at(10), desk.at(11), desk.at(12), desk.cursor], ['dirt x1', 'stone x1', 'stone x1', null, null]);
  });

  test('over one slot it is a click', () => {
    assert.equal(new Desk().carry('stone', 5).drag(0, [9]).at(9), 'stone x5');
    assert.equal(new Desk().carry('stone', 5).drag(4, [9]).at(9), 'stone x1');
  });

  test('the middle button fills slots in creative mode only', () => {
    const creative = new Desk('creative').carry('stone', 1).drag(8, [9, 10]);
    assert.deepEqual([creative.at(9), creative.at(10)], ['stone x64', 'stone x64']);
    const survival = new Desk().carry('stone', 1).drag(8, [9, 10]);
    assert.deepEqual([survival.at(9), survival.cursor], [null, 'stone x1']);
  });

  test('a click in between ends it without a change, an end without a start does nothing', () => {
    const desk = new Desk().carry('stone', 5);
    desk.click(-999, 0, 5).click(9, 1, 5).click(20, 0, 0);
    assert.deepEqual([desk.at(20), desk.cursor, desk.stage.player().drag], [null, 'stone x5', null]);
    desk.click(10, 1, 5).click(-999, 2, 5);
    assert.equal(desk.cursor, 'stone x5');
  });

  test('a start of another kind in between ends it', () => {
    const desk = new Desk().carry('stone', 5);
    desk.click(-999, 0, 5).click(9, 1, 5).click(-999, 4, 5).click(-999, 6, 5);
    assert.deepEqual([desk.at(9), desk.cursor], [null, 'stone x5']);
  });
});

describe('K7 mode 6: a double click collects', () => {
  test('broken stacks first, full ones last, up to a full stack', () => {
    const desk = new Desk().put(9, 'stone', 64).put(20, 'stone', 10).put(21, 'stone', 3).carry('stone', 1);
    desk.click(30, 0, 6);
    assert.deepEqual([desk.cursor, desk.at(9), desk.at(20), desk.at(21)], ['stone x64', 'stone x14', null, null]);
  });

  test('from the other end with the right button, and not where the double click hit something', () => {
    const desk = new Desk().put(9, 'stone', 40).put(44, 'stone', 40).carry('stone', 1);
    desk.click(9, 0, 6);
    assert.equal(desk.cursor, 'stone x1');
    desk.click(30, 1, 6);
    assert.deepEqual([desk.cursor, desk.at(9), desk.at(44)], ['stone x64', 'stone x17', null]);
  });
});

describe('K8 crafting', () => {
  test('two planks in the grid of the inventory show sticks, and taking them uses the planks', () => {
    const desk = new Desk().carry('oak_planks', 2).drag(0, [1, 3]);
    assert.equal(desk.at(0), 'stick x4');
    assert.equal(desk.click(0, 0, 0).cursor, 'stick x4');
    assert.deepEqual([desk.at(0), desk.at(1), desk.at(3)], [null, null, null]);
  });

  test('shift takes all that can be made', () => {
    const desk = new Desk().put(9, 'oak_log', 5).open('crafting_table');
    desk.click(10, 0, 0).click(1, 0, 0).click(0, 0, 1);
    assert.equal(desk.at(44), 'oak_planks x20');
    assert.equal(text(desk.stage.player().window!.slots[1]), null);
  });

  test('a chest of mixed planks, a pickaxe anywhere in the grid, a mirrored shape', () => {
    const desk = new Desk().open('crafting_table');
    const make = (cells: readonly (string | null)[]): string | null => {
      const window = desk.stage.player().window!;
      const slots: Slot[] = [null, ...cells.map((name) => (name === null ? null : item(name)))];
      desk.stage.fields(ANNA, { window: { ...window, slots }, cursor: null });
      desk.click(-999, 0, 0);
      return text(desk.stage.player().window!.slots[0]);
    };
    const [o, s, i] = ['oak_planks', 'spruce_planks', 'iron_ingot'];
    assert.equal(make([o, s, o, s, null, o, o, s, o]), 'chest x1');
    assert.equal(make([i, i, i, null, 'stick', null, null, 'stick', null]), 'iron_pickaxe x1');
    assert.equal(make([i, i, null, i, 'stick', null, null, 'stick', null]), 'iron_axe x1');
    assert.equal(make([null, i, i, null, 'stick', i, null, 'stick', null]), 'iron_axe x1');
    assert.equal(make([i, i, null, 'stick', i, null, null, 'stick', null]), null);
    assert.equal(make([null, null, null, null, null, null, null, 'oak_log', null]), 'oak_planks x4');
  });

  test('cake gives its buckets back', () => {
    const desk = new Desk().open('crafting_table');
    const window = desk.stage.player().window!;
    const cells = ['milk_bucket', 'milk_bucket', 'milk_bucket', 'sugar', 'egg', 'sugar', 'wheat', 'wheat', 'wheat'];
    desk.stage.fields(ANNA, { window: { ...window, slots: [null, ...cells.map((name) => item(name))] } });
    desk.click(-999, 0, 0).click(0, 0, 0);
    assert.equal(desk.cursor, 'cake x1');
    assert.deepEqual(desk.stage.player().window!.slots.slice(1).map(text), ['bucket x1', 'bucket x1', 'bucket x1', ...Array(6).fill(null)]);
  });

  test('the result slot takes nothing and is not collected by a double click', () => {
    const desk = new Desk().put(1, 'oak_log', 1).carry('oak_planks', 1);
    desk.click(-999, 0, 5);
    desk.stage.fields(ANNA, { drag: null });
    desk.click(20, 0, 6);
    assert.equal(desk.cursor, 'oak_planks x1');
    desk.stage.fields(ANNA, { cursor: item('dirt', 1) });
    assert.equal(desk.click(0, 0, 0).cursor, 'dirt x1');
  });

  test('two worn picks become one', () => {
    const desk = new Desk();
    desk.stage.shard.apply([1, 2].map((slot) => ({ type: 'slot', uuid: ANNA, slot, item: worn('iron_pickaxe', 200) }) as const));
    desk.carry('dirt', 1).click(-999, 0, 0).click(0, 0, 0);
    assert.equal(damageOf(desk.stage.player().cursor), 250 - (50 + 50 + 12));
  });
});

test('K9 hotbar keys over the result craft once', () => {
  const desk = new Desk().put(1, 'oak_log', 2).carry('dirt', 1).click(-999, 0, 0);
  desk.click(0, 3, 2);
  assert.deepEqual([desk.at(HOTBAR_FIRST_SLOT + 3), desk.at(1)], ['oak_planks x4', 'oak_log x1']);
});
