import fc from 'fast-check';
import { ERROR_CODES } from '../../../src-shared/errors/index.ts';
import { nbt, type Nbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import { toHex, type BlockPos, type Hash, type Pose, type Uuid } from '../../../src-shared/units/index.ts';
import type {
  Action,
  Command,
  Effect,
  Entity,
  Face,
  Hand,
  ItemStack,
  NoticeText,
  OpenWindow,
  Player,
  PlayerFields,
  ShowEvent,
  Slot,
  WorldKit,
} from '../../../src-main/core/world/index.ts';

/** Every field, so that a new one in the model does not compile until it is drawn here. */
type Fields<T> = { readonly [K in keyof T]-?: fc.Arbitrary<T[K]> };

/** Plain objects, as codecs make them. */
function record<T>(fields: Fields<T>): fc.Arbitrary<T> {
  return fc.record(fields, { noNullPrototype: true });
}

const number = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noNaN: true }));
const tick = fc.nat(1_000_000);
const word = fc.constantFrom('minecraft:stone', 'minecraft:dirt', 'minecraft:cow', 'entity.cow.hurt', 'x', 'ä€😀');
const text = fc.string({ unit: 'grapheme', maxLength: 20 });

/** Few different ones, so that effects meet. */
export const uuid: fc.Arbitrary<Uuid> = fc
  .constantFrom(0, 1, 2, 0x80, 0xff)
  .map((byte) => `${byte.toString(16).padStart(2, '0')}345678-9abc-4def-8123-456789abcdef` as Uuid);

export const hash: fc.Arbitrary<Hash> = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => toHex(bytes) as Hash);

/** Inside the 3 x 3 chunks around 0 0 and 32 blocks up. */
export const nearPos: fc.Arbitrary<BlockPos> = record({
  x: fc.integer({ min: -16, max: 31 }),
  y: fc.integer({ min: -2, max: 33 }),
  z: fc.integer({ min: -16, max: 31 }),
});
const anyPos: fc.Arbitrary<BlockPos> = fc.oneof(
  nearPos,
  record({ x: fc.integer({ min: -30e6, max: 30e6 }), y: fc.integer({ min: -64, max: 320 }), z: fc.integer({ min: -30e6, max: 30e6 }) }),
);
const nearPose: fc.Arbitrary<Pose> = record({
  x: fc.double({ min: -16, max: 32, noNaN: true }),
  y: fc.double({ min: 0, max: 32, noNaN: true }),
  z: fc.double({ min: -16, max: 32, noNaN: true }),
  yaw: fc.float({ noNaN: true }),
  pitch: fc.float({ noNaN: true }),
});

export const compound: fc.Arbitrary<NbtCompound> = fc.letrec<{ value: Nbt; compound: NbtCompound }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.integer({ min: -128, max: 127 }).map((value) => nbt.byte(value)),
    fc.integer().map((value) => nbt.int(value)),
    fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }).map((value) => nbt.long(value)),
    fc.double().map((value) => nbt.double(value)),
    text.map((value) => nbt.text(value)),
    fc.array(fc.integer(), { maxLength: 3 }).map((value) => nbt.intArray(Int32Array.from(value))),
    fc.array(tie('compound'), { maxLength: 2 }).map((value) => nbt.list('compound', value)),
    tie('compound'),
  ),
  compound: fc
    .uniqueArray(fc.tuple(text, tie('value')), { maxLength: 3, selector: ([name]) => name })
    .map((entries): NbtCompound => ({ type: 'compound', value: new Map(entries) })),
})).compound;

export const stack: fc.Arbitrary<ItemStack> = record({
  name: word,
  count: fc.integer({ min: 1, max: 99 }),
  components: fc.option(compound),
});
const slot: fc.Arbitrary<Slot> = fc.option(stack);
const vector = record({ x: number, y: number, z: number });

export const entity: fc.Arbitrary<Entity> = record({
  id: fc.integer({ min: 1, max: 200 }),
  uuid,
  kind: word,
  pose: nearPose,
  velocity: vector,
  body: fc.oneof(
    record({ type: fc.constant('item' as const), stack, pickupTick: tick, despawnTick: tick, thrower: fc.option(uuid) }),
    record({ type: fc.constant('falling' as const), block: word, from: anyPos }),
    record({ type: fc.constant('mob' as const), health: number, nbt: compound, dataVersion: fc.constant(3955) }),
  ),
});

const window: fc.Arbitrary<OpenWindow> = record({
  id: fc.integer({ min: 1, max: 100 }),
  kind: fc.constantFrom<OpenWindow['kind']>('generic_9x3', 'hopper', 'crafting', 'crafter'),
  blocks: fc.array(anyPos, { maxLength: 2 }),
  slots: fc.array(slot, { maxLength: 4 }),
  title: text,
});

const fieldArbitraries: Fields<Omit<Player, 'uuid' | 'inventory'>> = {
  name: text,
  online: fc.boolean(),
  gameMode: fc.constantFrom<Player['gameMode']>('survival', 'creative', 'adventure', 'spectator'),
  pose: nearPose,
  health: number,
  food: fc.integer(),
  saturation: number,
  exhaustion: number,
  foodTicks: fc.integer(),
  air: fc.integer(),
  fireTicks: fc.integer(),
  flying: fc.boolean(),
  sneaking: fc.boolean(),
  experience: record({ level: fc.nat(), progress: number, total: fc.nat() }),
  heldSlot: fc.integer({ min: 0, max: 8 }),
  cursor: slot,
  enderItems: fc.array(slot, { maxLength: 27 }),
  window: fc.option(window),
  drag: fc.option(
    record({
      kind: fc.constantFrom<'split' | 'single' | 'clone'>('split', 'single', 'clone'),
      slots: fc.array(fc.integer(), { maxLength: 3 }),
    }),
  ),
  using: fc.option(record({ hand: fc.constantFrom<'main' | 'off'>('main', 'off'), startTick: tick })),
  digging: fc.option(record({ pos: anyPos, startTick: tick })),
  statusEffects: fc.array(record({ name: word, amplifier: fc.nat(255), untilTick: tick }), { maxLength: 2 }),
  spawn: fc.option(record({ pos: anyPos, angle: number })),
  safeUntilTick: tick,
  origin: fc.option(hash),
};

export const playerFields = fc.record(fieldArbitraries, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<PlayerFields>;
export const player = record({
  uuid,
  inventory: fc.array(slot, { minLength: 46, maxLength: 46, size: 'max', depthIdentifier: 'inventory' }),
  ...fieldArbitraries,
}) as fc.Arbitrary<Player>;

const notice: fc.Arbitrary<NoticeText> = record({
  key: fc.option(word),
  args: fc.array(text, { maxLength: 2 }),
  plain: text,
  color: fc.option(word),
});
const facts = fc.dictionary(
  fc.oneof(word, text),
  fc.oneof(fc.constant(null), fc.boolean(), number, text, fc.array(text, { maxLength: 2 })),
  { maxKeys: 4, noNullPrototype: true },
);
const who = fc.oneof(uuid, fc.nat());

type Shown<K extends ShowEvent['kind']> = Extract<ShowEvent, { kind: K }>;

/** `names`: the states that blocks may have. */
export function effect(kit: WorldKit, names: readonly string[]): fc.Arbitrary<Effect> {
  const state = fc.constantFrom(...names).map((name) => kit.states.idOf(name));
  const chunk = record({ x: fc.integer({ min: -1, max: 1 }), z: fc.integer({ min: -1, max: 1 }) });
  const of = <T extends Effect['type']>(type: T, fields: Fields<Omit<Extract<Effect, { type: T }>, 'type'>>): fc.Arbitrary<Effect> =>
    record({ type: fc.constant(type), ...fields }) as unknown as fc.Arbitrary<Effect>;
  const kind = fc.constantFrom('fluid', 'sand', 'leaves');
  const soon = fc.integer({ min: 1, max: 4 });
  return fc.oneof(
    { weight: 6, arbitrary: of('block', { pos: nearPos, state }) },
    { weight: 2, arbitrary: of('blockEntity', { pos: nearPos, nbt: fc.option(compound) }) },
    { weight: 3, arbitrary: of('schedule', { pos: nearPos, kind, tick: soon }) },
    { weight: 2, arbitrary: of('unschedule', { pos: nearPos, kind, tick: soon }) },
    of('adoptEntities', { chunk, entities: fc.array(entity, { maxLength: 2 }) }),
    { weight: 3, arbitrary: of('entity', { entity }) },
    {
      weight: 2,
      arbitrary: of('entityGone', {
        id: fc.nat(200),
        reason: fc.constantFrom<'killed' | 'pickedUp' | 'landed'>('killed', 'pickedUp', 'landed'),
        by: fc.option(uuid),
      }),
    },
    { weight: 2, arbitrary: of('player', { player }) },
    { weight: 2, arbitrary: of('playerFields', { uuid, fields: playerFields }) },
    { weight: 2, arbitrary: of('slot', { uuid, slot: fc.nat(45), item: slot }) },
    of('depart', { uuid, to: word, pose: nearPose }),
    of('handedOver', { uuid }),
    {
      weight: 2,
      arbitrary: of('executed', {
        session: uuid,
        player: uuid,
        sequence: fc.nat(),
        refusal: fc.option(record({ code: fc.constantFrom(...ERROR_CODES), facts })),
      }),
    },
    of('sessionGone', { session: uuid }),
    of('council', { request: record({ type: fc.constant('time' as const), dayTime: fc.integer() }) }),
    of('council', { request: record({ type: fc.constant('operator' as const), player: uuid, name: text, grant: fc.boolean() }) }),
    of('notice', { to: fc.option(uuid), text: notice, overlay: fc.boolean() }),
    of('show', {
      event: record<Shown<'breakBlock'>>({ kind: fc.constant('breakBlock' as const), pos: anyPos, state, by: fc.option(uuid) }),
    }),
    of('show', { event: record<Shown<'died'>>({ kind: fc.constant('died' as const), who, message: fc.option(notice) }) }),
    of('show', {
      event: record<Shown<'sound'>>({ kind: fc.constant('sound' as const), sound: word, pos: vector, volume: number, pitch: number }),
    }),
  );
}

const hand = fc.constantFrom<Hand>('main', 'off');
const face = fc.constantFrom<Face>('down', 'up', 'north', 'south', 'west', 'east');
const anyPose = record<Pose>({ x: fc.double(), y: fc.double(), z: fc.double(), yaw: fc.double(), pitch: fc.double() });
const target = fc.oneof(
  record({ type: fc.constant('entity' as const), id: fc.nat() }),
  record({ type: fc.constant('player' as const), uuid }),
);
const dig = { pos: anyPos, face, pose: anyPose };

type ActionFields = { readonly [T in Action['type']]: Fields<Omit<Extract<Action, { type: T }>, 'type'>> };

const actions: ActionFields = {
  join: { name: text, profile: fc.option(player) },
  leave: {},
  move: { pose: anyPose, onGround: fc.boolean(), flying: fc.boolean(), sneaking: fc.boolean(), sprinting: fc.boolean() },
  land: { distance: fc.double() },
  startDig: dig,
  cancelDig: {},
  finishDig: dig,
  useOn: { hand, pos: anyPos, face, cursor: vector, inside: fc.boolean(), pose: anyPose },
  useItem: { hand, pose: anyPose },
  releaseItem: {},
  attack: { target, pose: anyPose },
  interact: { target, hand, pose: anyPose },
  holdSlot: { slot: fc.nat(8) },
  swapHands: {},
  drop: { all: fc.boolean(), pose: anyPose },
  clickWindow: {
    window: fc.nat(100),
    slot: fc.integer({ min: -999, max: 90 }),
    button: fc.integer({ min: 0, max: 40 }),
    mode: fc.integer({ min: 0, max: 6 }),
    pose: anyPose,
  },
  closeWindow: { window: fc.nat(100), pose: anyPose },
  creativeSlot: { slot: fc.integer({ min: -1, max: 45 }), item: slot, pose: anyPose },
  editSign: { pos: anyPos, front: fc.boolean(), lines: fc.array(text, { maxLength: 4 }) },
  respawn: {},
  slash: { text, pose: anyPose },
};

const action = fc.oneof(
  ...Object.entries(actions).map(([type, fields]) => record({ type: fc.constant(type), ...fields })),
) as unknown as fc.Arbitrary<Action>;

export const command: fc.Arbitrary<Command> = record({ session: uuid, sequence: fc.nat(), player: uuid, action });
