import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { nbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import { localKey, type Uuid } from '../../../src-shared/units/index.ts';
import {
  containerItems,
  type Action,
  type Advanced,
  type GameMode,
  type ItemStack,
  type Player,
} from '../../../src-main/core/world/index.ts';
import { ANNA, BEN, FLOOR, item, kit, pos, Stage } from '../rules-blocks/stage.ts';
import { craft } from '../../../src-main/core/world/rules/windows/crafting.ts';
import { handItem } from '../../../src-main/core/world/rules/players/inventory.ts';
import { add, count, difference, keyOf, takeCensus, type Census } from './census.ts';

const CLEO = '00000000-0000-4000-8000-00000000000c' as Uuid;
const PLAYERS = [ANNA, BEN, CLEO] as const;

/** Containers within reach of everybody: two halves of a chest, a lone one, a barrel, a box, a hopper, a furnace, an ender chest, a table. */
const BLOCKS: readonly (readonly [string, ReturnType<typeof pos>])[] = [
  ['chest[facing=north,type=right]', pos(7, FLOOR + 1, 10)],
  ['chest[facing=north,type=left]', pos(8, FLOOR + 1, 10)],
  ['trapped_chest', pos(10, FLOOR + 1, 10)],
  ['barrel', pos(6, FLOOR + 1, 8)],
  ['shulker_box', pos(10, FLOOR + 1, 8)],
  ['hopper', pos(6, FLOOR + 1, 7)],
  ['furnace', pos(10, FLOOR + 1, 7)],
  ['ender_chest', pos(8, FLOOR + 1, 6)],
  ['crafting_table', pos(9, FLOOR + 1, 6)],
  ['dispenser', pos(7, FLOOR + 1, 6)],
];

const STACKS: readonly ItemStack[] = [
  item('stone', 64),
  item('stone', 17),
  item('dirt', 33),
  item('ender_pearl', 16),
  item('ender_pearl', 5),
  item('diamond_sword', 1, nbt.compound({ 'minecraft:damage': nbt.int(4) })),
  item('iron_helmet'),
  item('coal', 12),
  item('cobblestone', 30),
  item('bucket', 7),
  item('bread', 9),
  item('oak_planks', 20),
  item('shield'),
  item('shulker_box', 1, nbt.compound({ 'minecraft:custom_name': nbt.text('"box"') })),
];

/** One step: who does what, with numbers that the step makes sense of. */
interface Step {
  readonly who: number;
  readonly kind: (typeof KINDS)[number];
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const KINDS = [
  ...Array.from({ length: 12 }, () => 'click' as const),
  ...Array.from({ length: 4 }, () => 'open' as const),
  'drag',
  'drag',
  'craft',
  'craft',
  'smelt',
  'long',
  'close',
  'drop',
  'drop',
  'hold',
  'swap',
  'walk',
  'walk',
  'wait',
  'wait',
  'wait',
  'give',
  'die',
  'respawn',
  'break',
  'eat',
  'leave',
  'wear',
  'void',
] as const;

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(2),
  kind: fc.constantFrom(...KINDS),
  a: fc.nat(999),
  b: fc.nat(999),
  c: fc.nat(999),
});

const OPERATORS = new Set<Uuid>(PLAYERS);

/** A small house of containers with three players and their things. */
class House {
  readonly stage: Stage;

  constructor(dataVersion: number, modes: readonly GameMode[]) {
    this.stage = new Stage({ dataVersion });
    this.stage.council = { ...this.stage.council, operators: OPERATORS };
    for (const [name, at] of BLOCKS) this.stage.set(at, name);
    PLAYERS.forEach((uuid, index) => {
      this.stage.join(uuid, modes[index]!, { x: 8.5, y: FLOOR + 1, z: 8.5 - 0.3 * index, yaw: 90 * index, pitch: 20 });
      this.stage.shard.apply([{ type: 'playerFields', uuid, fields: { name: `p${index}`, food: 10 } }]);
      STACKS.forEach((stack, at) =>
        this.stage.shard.apply([{ type: 'slot', uuid, slot: 9 + ((at * 5 + index) % 36), item: { ...stack } }]),
      );
    });
  }

  player(who: number): Player {
    return this.stage.player(PLAYERS[who]);
  }
}

const POSE = { x: 8.5, y: FLOOR + 1, z: 8.5, yaw: 0, pitch: 0 };
const DRAG_STARTS = [0, 4] as const;

/** The actions of a step; more than one for a drag. */
function actionsOf({ kind, a, b, c }: Step, player: Player): readonly Action[] {
  const window = player.window?.id ?? 0;
  const { pose } = player;
  const slots = player.window === null ? 46 : 63;
  const clickAt = (slot: number, button: number, mode: number): Action => ({ type: 'clickWindow', window, slot, button, mode, pose });
  switch (kind) {
    case 'click': {
      const mode = [0, 0, 0, 1, 1, 2, 3, 4, 6, 5][c % 10]!;
      const slot = a % 17 === 0 ? -999 : a % slots;
      const button = mode === 2 ? [0, 1, 4, 8, 40][b % 5]! : b % 2;
      return [clickAt(slot, button, mode)];
    }
    case 'drag': {
      const start = DRAG_STARTS[b % 2]!;
      const over = Array.from({ length: 1 + (c % 5) }, (_, index) => clickAt((a + index * (1 + (b % 7))) % slots, start + 1, 5));
      return [clickAt(-999, start, 5), ...over, clickAt(-999, start + 2, 5)];
    }
    case 'craft':
      return [
        clickAt(b % slots, 0, 0),
        clickAt(1 + (a % 4), c % 2, 0),
        clickAt(0, a % 3 === 0 ? 1 : 0, a % 3 === 0 ? 0 : 1),
        clickAt(b % slots, 0, 0),
      ];
    case 'open': {
      const at = BLOCKS[a % BLOCKS.length]![1];
      return [{ type: 'useOn', hand: 'main', pos: at, face: 'up', cursor: { x: 0.5, y: 1, z: 0.5 }, inside: false, pose: POSE }];
    }
    case 'close':
      return [{ type: 'closeWindow', window: a % 5 === 0 ? 77 : window, pose }];
    case 'drop':
      return [{ type: 'drop', all: a % 2 === 0, pose: { ...pose, yaw: b % 360, pitch: (c % 180) - 90 } }];
    case 'hold':
      return [{ type: 'holdSlot', slot: a % 9 }];
    case 'swap':
      return [{ type: 'swapHands' }];
    case 'walk':
      return [
        {
          type: 'move',
          pose: { ...pose, x: 7 + (a % 30) / 10, z: 7 + (b % 30) / 10, y: FLOOR + 1 },
          onGround: true,
          flying: false,
          sneaking: c % 4 === 0,
          sprinting: c % 2 === 0,
        },
      ];
    case 'give':
      return [{ type: 'slash', text: `give p${b % 3} ${['stone', 'apple', 'bucket'][a % 3]} ${1 + (c % 70)}`, pose }];
    case 'die':
      return a % 3 === 0 ? [{ type: 'slash', text: 'kill', pose }] : [];
    case 'respawn':
      return [{ type: 'respawn' }];
    case 'break':
      return [{ type: 'startDig', pos: BLOCKS[a % BLOCKS.length]![1], face: 'up', pose: POSE }];
    case 'eat':
      return [{ type: 'useItem', hand: a % 2 === 0 ? 'main' : 'off', pose }];
    case 'wear':
      return [{ type: 'useItem', hand: 'main', pose }];
    case 'leave':
      return [{ type: 'leave' }];
    case 'smelt': {
      const near = { hand: 'main', face: 'up', cursor: { x: 0.5, y: 1, z: 0.5 }, inside: false, pose: POSE } as const;
      const from = player.inventory.findIndex((slot, index) => index >= 9 && index < 45 && /coal|cobblestone|log/.test(slot?.name ?? ''));
      return [{ type: 'useOn', pos: OVEN, ...near }, ...(from < 0 ? [] : [{ ...clickAt(from - 6, 0, 1), window: -1 } as Action])];
    }
    case 'long':
    case 'void':
    case 'wait':
      return [];
  }
}

/** Items that this tick's effects say were made or ended, by a source that has a name. */
function namedChanges(before: ReadonlyMap<number, ItemStack>, nextId: number, { effects }: Advanced): Census {
  const census: Census = new Map();
  const bodies = new Map(before);
  const broken: string[] = [];
  for (const effect of effects) {
    if (effect.type === 'entity' && effect.entity.body.type === 'item') {
      const { stack } = effect.entity.body;
      const name = broken.indexOf(stack.name);
      // A block that was broken gives itself, once; whatever else comes out was in it.
      if (effect.entity.id >= nextId && !bodies.has(effect.entity.id) && name >= 0 && stack.count === 1) {
        broken.splice(name, 1);
        add(census, keyOf(stack), 1);
      }
      bodies.set(effect.entity.id, stack);
    }
    if (effect.type === 'entityGone') {
      if (effect.reason === 'despawned' || effect.reason === 'killed') count(census, bodies.get(effect.id) ?? null, -1);
      bodies.delete(effect.id);
    }
    if (effect.type === 'show' && effect.event.kind === 'breakBlock') {
      const block = kit.states.blockOf(effect.event.state);
      if (block?.item !== null && block !== null) broken.push(block.item);
    }
  }
  return census;
}

function bodiesOf(house: House): ReadonlyMap<number, ItemStack> {
  const found = new Map<number, ItemStack>();
  for (const { id, body } of house.stage.shard.entities()) if (body.type === 'item') found.set(id, body.stack);
  return found;
}

/** Runs one tick and compares the census with what may have changed. */
function runTick(house: House, uuid: Uuid, action: Action | null): void {
  const { stage } = house;
  const before = takeCensus(stage.shard);
  const bodies = bodiesOf(house);
  const player = stage.player(uuid);
  const hands = new Map(PLAYERS.map((each) => [each, handItem(stage.player(each), 'main')]));
  const mouths = new Map(PLAYERS.map((each) => [each, handItem(stage.player(each), stage.player(each).using?.hand ?? 'main')]));
  const nextId = stage.shard.nextEntityId;
  const ovens = ovenContents(stage);
  const done = stage.tick(action === null ? [] : [stage.command(uuid, action)]);
  const named = namedChanges(bodies, nextId, done);
  const executed = done.effects.find((effect) => effect.type === 'executed');
  if (action?.type === 'slash' && action.text.startsWith('give') && executed?.type === 'executed' && executed.refusal === null) {
    const [, , name, many] = action.text.split(' ');
    add(named, `minecraft:${name}`, Number(many));
  }
  const made = action?.type === 'clickWindow' && action.slot === 0 ? craftOf(player) : null;
  if (made !== null) addCrafts(named, made, before, takeCensus(stage.shard));
  if (action?.type === 'clickWindow' && done.effects.length > 1) clicks += 1;
  addSmelting(named, ovens, stage, done);
  const placed = hands.get(uuid)!;
  if (action?.type === 'useOn' && placed !== null && done.effects.some((effect) => isPlacing(effect, placed)))
    count(named, placed, -1 / placed.count);
  for (const effect of done.effects) {
    const isMeal = effect.type === 'playerFields' && effect.fields.using === null && effect.fields.food !== undefined;
    if (isMeal && effect.fields.health === undefined) add(named, mouths.get(effect.uuid)!.name, -1);
  }
  const expected = new Map(before);
  for (const [key, change] of named) add(expected, key, change);
  assert.deepEqual(difference(expected, takeCensus(stage.shard)), {}, `${JSON.stringify(action)} at tick ${stage.shard.tick}`);
}

/** What one craft in a player's open grid changes, or null. */
function craftOf(player: Player): Census | null {
  const own = player.window === null ? player.inventory.slice(1, 5) : player.window.kind === 'crafting' ? player.window.slots.slice(1) : [];
  const crafted = own.length === 0 ? null : craft(player.window === null ? 2 : 3, own, kit.tables);
  if (crafted === null) return null;
  const census: Census = new Map();
  count(census, crafted.result);
  for (const item of own) if (item !== null) add(census, keyOf(item), -1);
  for (const item of crafted.remains) count(census, item);
  return census;
}

/** As many crafts as the result says that there were; everything else must follow. */
function addCrafts(named: Census, made: Census, before: Census, after: Census): void {
  const [key, each] = [...made].find(([, amount]) => amount > 0) ?? ['', 1];
  const times = ((after.get(key) ?? 0) - (before.get(key) ?? 0)) / each;
  for (const [name, amount] of made) add(named, name, amount * times);
  crafts += times;
}

const OVEN = BLOCKS.find(([name]) => name === 'furnace')![1];

function ovenContents(stage: Stage): NbtCompound | null {
  return stage.shard.chunk(OVEN.x >> 4, OVEN.z >> 4)!.blockEntities.get(localKey(OVEN)) ?? null;
}

/** What the furnace did by itself: every change of its tag after the command was executed. */
function addSmelting(named: Census, before: NbtCompound | null, stage: Stage, { effects }: Advanced): void {
  const version = stage.shard.chunk(OVEN.x >> 4, OVEN.z >> 4)!.dataVersion;
  const commandEnd = effects.findIndex((effect) => effect.type === 'executed');
  let tag = before;
  for (const [index, effect] of effects.entries()) {
    if (effect.type !== 'blockEntity' || localKey(effect.pos) !== localKey(OVEN)) continue;
    if (index > commandEnd && tag !== null && effect.nbt !== null) {
      for (const item of containerItems(tag, version, 3)) count(named, item, -1);
      for (const item of containerItems(effect.nbt, version, 3)) count(named, item);
      smelted += containerItems(tag, version, 3)[2]?.count === containerItems(effect.nbt, version, 3)[2]?.count ? 0 : 1;
    }
    tag = effect.nbt;
  }
}

let smelted = 0;
let crafts = 0;
let clicks = 0;

function isPlacing(effect: Advanced['effects'][number], { name }: ItemStack): boolean {
  return effect.type === 'block' && kit.states.blockOf(effect.state)?.item === name;
}

function runStep(house: House, now: Step): void {
  const uuid = PLAYERS[now.who]!;
  const player = house.player(now.who);
  if (now.kind === 'wait') for (let i = 0; i < 1 + (now.a % 45); i++) runTick(house, uuid, null);
  if (now.kind === 'void' && now.a % 4 === 0) house.stage.fields(uuid, { pose: { ...player.pose, y: -200 } });
  if (!player.online) {
    const back = { session: uuid.replace('8000', `8${String(now.b).padStart(3, '0')}`) as Uuid, sequence: 1, player: uuid };
    const tick = house.stage.tick([{ ...back, action: { type: 'join', name: `p${now.who}`, profile: null } }]);
    if (tick.skipped.length === 0) house.stage.fields(uuid, {});
    return;
  }
  for (const action of actionsOf(now, player)) {
    // A window that the step itself has opened has its id only now.
    const window = house.player(now.who).window?.id ?? 0;
    runTick(house, uuid, action.type === 'clickWindow' && action.window === -1 ? { ...action, window } : action);
  }
  if (now.kind === 'long' && now.a % 3 === 0) for (let i = 0; i < 210; i++) runTick(house, uuid, null);
}

describe('conservation: the census of items changes by named sources only', () => {
  const modes: readonly (readonly [string, number, readonly GameMode[]])[] = [
    ['a new world', 3955, ['survival', 'survival', 'survival']],
    ['a world of 1.19', 3105, ['survival', 'survival', 'survival']],
    ['a world of 1.16', 2586, ['survival', 'survival', 'adventure']],
  ];
  for (const [name, dataVersion, gameModes] of modes) {
    test(`C1 over random play in ${name}`, (context) => {
      clicks = crafts = smelted = 0;
      fc.assert(
        fc.property(fc.array(step, { minLength: 40, maxLength: 120, size: 'max' }), (steps) => {
          const house = new House(dataVersion, gameModes);
          for (const each of steps) runStep(house, each);
        }),
        { numRuns: Number(process.env['PEERHOLD_RUNS'] ?? 15) },
      );
      context.diagnostic(`${clicks} clicks that moved something, ${crafts} crafts, ${smelted} smelted`);
      assert.ok(clicks > 50, 'the random play does what it is about');
    });
  }
});
