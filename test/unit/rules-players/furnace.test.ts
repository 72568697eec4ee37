import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { localKey } from '../../../src-shared/units/index.ts';
import { withoutPrivateTags } from '../../../src-main/core/world/index.ts';
import { ANNA, BEN, type Stage } from '../rules-blocks/stage.ts';
import { CHEST, Desk, itemsAt, text } from './desk.ts';

const tagOf = (stage: Stage) => stage.shard.chunk(0, 0)!.blockEntities.get(localKey(CHEST))!;
const number = (stage: Stage, name: string): number => nbt.getNumber(tagOf(stage), name) ?? 0;

const inOven = (stage: Stage) => itemsAt(stage, CHEST).slice(0, 3).map(text);

/** A furnace with ore and fuel in it, lit since the tick after this. */
function lit(oven: string, input: [string, number], fuel: [string, number]): Desk {
  const desk = new Desk().open(oven);
  desk.carry(...input).click(0, 0, 0);
  desk.carry(...fuel).click(1, 0, 0);
  return desk;
}

describe('O10 furnaces', () => {
  test('an ingot takes 200 ticks, in a blast furnace 100', () => {
    for (const [oven, ticks] of [
      ['furnace', 200],
      ['blast_furnace', 100],
    ] as const) {
      const { stage } = lit(oven, ['raw_iron', 2], ['coal', 1]);
      stage.ticks(ticks - 2);
      assert.deepEqual(inOven(stage), ['raw_iron x2', null, null], oven);
      stage.ticks(2);
      assert.deepEqual(inOven(stage), ['raw_iron x1', null, 'iron_ingot x1'], oven);
    }
  });

  test('coal burns 1,600 ticks, eight items; then the fire ends and half of an item cools', () => {
    const { stage } = lit('furnace', ['raw_iron', 20], ['coal', 1]);
    assert.equal(stage.property(CHEST, 'lit'), 'true');
    stage.ticks(1605);
    assert.deepEqual(inOven(stage), ['raw_iron x12', null, 'iron_ingot x8']);
    assert.equal(stage.property(CHEST, 'lit'), 'false');
  });

  test('a smoker cooks no ore, a furnace stops when there is no room', () => {
    const smoker = lit('smoker', ['raw_iron', 2], ['coal', 1]).stage;
    smoker.ticks(300);
    assert.deepEqual(inOven(smoker), ['raw_iron x2', 'coal x1', null]);
    const full = new Desk().open('furnace');
    const slots = [
      ['raw_iron', 2],
      ['coal', 2],
      ['iron_ingot', 64],
    ] as const;
    const entries = slots.map(([name, count], slot) =>
      nbt.compound({ Slot: nbt.byte(slot), id: nbt.text(`minecraft:${name}`), count: nbt.int(count) }),
    );
    full.stage.shard.apply([
      { type: 'blockEntity', pos: CHEST, nbt: nbt.compound({ id: nbt.text('minecraft:furnace'), Items: nbt.list('compound', entries) }) },
    ]);
    full.click(20, 0, 0).stage.ticks(300);
    assert.deepEqual(inOven(full.stage), ['raw_iron x2', 'coal x2', 'iron_ingot x64']);
    full.click(2, 0, 1).stage.ticks(210);
    assert.equal(text(itemsAt(full.stage, CHEST)[2]), 'iron_ingot x1');
  });

  test('a lava bucket leaves its bucket', () => {
    const { stage } = lit('furnace', ['raw_iron', 1], ['lava_bucket', 1]);
    stage.ticks(1);
    assert.equal(text(itemsAt(stage, CHEST)[1]), 'bucket x1');
  });

  test('nobody looking, it costs two effects an item; somebody looking, flame and arrow move', () => {
    const { stage } = lit('furnace', ['raw_iron', 8], ['coal', 1]);
    stage.ticks(20);
    const [burn, cook] = [number(stage, 'BurnTime'), number(stage, 'CookTime')];
    stage.ticks(20);
    assert.deepEqual([burn - number(stage, 'BurnTime'), number(stage, 'CookTime') - cook], [20, 20]);
    stage.run(ANNA, { type: 'closeWindow', window: stage.player().window!.id, pose: stage.player().pose });
    let effects = 0;
    for (let i = 0; i < 800; i++) effects += stage.tick().effects.filter(({ type }) => type === 'blockEntity').length;
    assert.ok(effects <= 5, String(effects));
  });

  test('what an imported furnace had left goes on when somebody opens it', () => {
    const { stage } = new Desk();
    stage.set(CHEST, 'furnace[lit=true]');
    const ore = nbt.compound({ Slot: nbt.byte(0), id: nbt.text('minecraft:raw_iron'), count: nbt.int(1) });
    const tag = {
      id: nbt.text('minecraft:furnace'),
      BurnTime: nbt.short(100),
      CookTime: nbt.short(150),
      Items: nbt.list('compound', [ore]),
    };
    stage.shard.apply([{ type: 'blockEntity', pos: CHEST, nbt: nbt.compound(tag) }]);
    stage.ticks(500);
    assert.equal(text(itemsAt(stage, CHEST)[0]), 'raw_iron x1');
    stage.use(ANNA, CHEST, 'north');
    stage.ticks(51);
    assert.deepEqual(inOven(stage), [null, null, 'iron_ingot x1']);
  });

  test('a furnace in the place of one that was broken works as well', () => {
    const desk = lit('furnace', ['raw_iron', 8], ['coal', 1]);
    const { stage } = desk;
    stage.ticks(10);
    stage.join(BEN, 'creative', stage.player().pose);
    stage.run(BEN, { type: 'startDig', pos: CHEST, face: 'up', pose: stage.player(BEN).pose });
    stage.run(BEN, { type: 'leave' });
    desk.open('furnace').carry('raw_gold', 1).click(0, 0, 0).carry('coal', 1).click(1, 0, 0);
    stage.ticks(410);
    assert.equal(text(itemsAt(stage, CHEST)[2]), 'gold_ingot x1');
  });

  test('our own tags do not leave the product', () => {
    const { stage } = lit('furnace', ['raw_iron', 8], ['coal', 1]);
    assert.ok(tagOf(stage).value.has('peerhold:next'));
    assert.deepEqual(
      [...withoutPrivateTags(tagOf(stage)).value.keys()].filter((name) => name.startsWith('peerhold:')),
      [],
    );
  });
});
