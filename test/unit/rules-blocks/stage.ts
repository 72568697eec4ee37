import { createBLAKE3 } from 'hash-wasm';
import {
  advance,
  createKit,
  createRules,
  createShard,
  HOTBAR_FIRST_SLOT,
  OFFHAND_SLOT,
  PLAYER_SLOTS,
  uniformBiomes,
  uniformVolume,
  type Action,
  type Advanced,
  type Chunk,
  type Command,
  type CouncilView,
  type Effect,
  type Face,
  type GameMode,
  type ItemStack,
  type Player,
  type Shard,
  type Slot,
  type WorldKit,
} from '../../../src-main/core/world/index.ts';
import { buildTables } from '../../../src-main/io/game/index.ts';
import { nbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import type { BlockPos, Pose, Uuid } from '../../../src-shared/units/index.ts';

const blake3 = await createBLAKE3();
const digest = (bytes: Uint8Array): Uint8Array => blake3.init().update(bytes).digest('binary');
export const kit: WorldKit = createKit(buildTables('1.21.1'), digest);
export const rules = createRules();

/** The ground's top layer; blocks are placed at `FLOOR + 1`. */
export const FLOOR = 63;
export const ANNA = '00000000-0000-4000-8000-00000000000a' as Uuid;
export const BEN = '00000000-0000-4000-8000-00000000000b' as Uuid;

export function pos(x: number, y: number, z: number): BlockPos {
  return { x, y, z };
}

export function item(name: string, count = 1, components: ItemStack['components'] = null): ItemStack {
  return { name: `minecraft:${name}`, count, components };
}

export function enchanted(name: string, enchantments: Readonly<Record<string, number>>): ItemStack {
  const levels: NbtCompound = nbt.compound(
    Object.fromEntries(Object.entries(enchantments).map(([key, level]) => [`minecraft:${key}`, nbt.int(level)])),
  );
  return item(name, 1, nbt.compound({ 'minecraft:enchantments': nbt.compound({ levels }) }));
}

export const COUNCIL: CouncilView = {
  height: 1,
  worldName: 'stage',
  seed: 7n,
  generator: { kind: 'void', version: 1 },
  defaultGameMode: 'survival',
  difficulty: 'normal',
  hardcore: false,
  spawn: { pos: pos(8, FLOOR + 1, 8), angle: 0 },
  operators: new Set(),
  gameRules: new Map([['randomTickSpeed', '0']]),
  time: { offset: 6000, frozen: 6000 },
  weather: { kind: 'clear', untilTick: Number.MAX_SAFE_INTEGER },
};

function flatChunk(x: number, z: number, dataVersion: number): Chunk {
  const stone = kit.states.idOf('minecraft:stone');
  const air = kit.states.idOf('minecraft:air');
  const sections = Array.from({ length: 24 }, (_, index) => ({
    blocks: uniformVolume(index * 16 - 64 < FLOOR ? stone : air, kit.states),
    biomes: uniformBiomes('minecraft:plains'),
  }));
  return {
    x,
    z,
    minSection: -4,
    sections,
    blockEntities: new Map(),
    ticks: { block: [], fluid: [] },
    dataVersion,
    origin: null,
    entities: null,
    poi: null,
    light: null,
  };
}

/** A stone plain with players on it, run tick by tick through the real engine and the real shard. */
export class Stage {
  readonly shard: Shard;
  council: CouncilView = COUNCIL;
  readonly #sequences = new Map<Uuid, number>();

  constructor(options: { readonly dataVersion?: number; readonly dimension?: string; readonly chunks?: readonly Chunk[] } = {}) {
    this.shard = createShard({ dimension: options.dimension ?? 'minecraft:overworld', minY: -64, height: 384 }, kit);
    for (const chunk of options.chunks ?? []) this.shard.insert(chunk);
    if (options.chunks !== undefined) return;
    for (let z = -4; z <= 4; z++) for (let x = -4; x <= 4; x++) this.shard.insert(flatChunk(x, z, options.dataVersion ?? 3955));
  }

  /** Runs one tick and keeps its effects. */
  tick(commands: readonly Command[] = []): Advanced {
    const tick = this.shard.tick + 1;
    const done = advance(this.shard, { council: this.council, commands, tick }, kit, rules);
    this.shard.apply(done.effects);
    this.shard.setTick(tick);
    return done;
  }

  ticks(count: number): void {
    for (let i = 0; i < count; i++) this.tick();
  }

  join(uuid: Uuid, gameMode: GameMode, pose: Pose = { x: 8.5, y: FLOOR + 1, z: 8.5, yaw: 0, pitch: 0 }): void {
    const profile: Player = { ...this.#born(uuid, gameMode, pose) };
    this.run(uuid, { type: 'join', name: 'anna', profile });
  }

  #born(uuid: Uuid, gameMode: GameMode, pose: Pose): Player {
    return {
      uuid,
      name: 'anna',
      online: true,
      gameMode,
      pose,
      health: 20,
      food: 20,
      saturation: 5,
      exhaustion: 0,
      foodTicks: 0,
      air: 300,
      fireTicks: 0,
      flying: false,
      sneaking: false,
      experience: { level: 0, progress: 0, total: 0 },
      inventory: Array.from<Slot>({ length: PLAYER_SLOTS }).fill(null),
      heldSlot: 0,
      cursor: null,
      enderItems: Array.from<Slot>({ length: 27 }).fill(null),
      window: null,
      drag: null,
      using: null,
      digging: null,
      statusEffects: [],
      spawn: null,
      safeUntilTick: 0,
      origin: null,
    };
  }

  command(uuid: Uuid, action: Action): Command {
    const sequence = (this.#sequences.get(uuid) ?? 0) + 1;
    this.#sequences.set(uuid, sequence);
    return { session: uuid, sequence, player: uuid, action };
  }

  /** One command in a tick of its own; its refusal code, or null. */
  run(uuid: Uuid, action: Action): string | null {
    const { effects, skipped } = this.tick([this.command(uuid, action)]);
    if (skipped.length > 0) return `skipped ${skipped[0]!.refusal.code}`;
    const executed = effects.find((effect) => effect.type === 'executed');
    return executed?.type === 'executed' ? (executed.refusal?.code ?? null) : 'not executed';
  }

  player(uuid: Uuid = ANNA): Player {
    return this.shard.player(uuid)!;
  }

  set(at: BlockPos, name: string): void {
    this.shard.apply([{ type: 'block', pos: at, state: this.id(name) }]);
  }

  /** "oak_stairs[facing=east]" with every property left out at its default. */
  id(name: string): number {
    const [, block, list] = /^([^[]+)(?:\[(.*)\])?$/.exec(name)!;
    const info = kit.states.blockNamed(`minecraft:${block}`);
    if (info === null) throw new Error(`no block ${name}`);
    let id = info.defaultState;
    for (const pair of list === undefined || list === '' ? [] : list.split(',')) {
      const [key, value] = pair.split('=') as [string, string];
      id = kit.states.with(id, key, value);
    }
    return id;
  }

  /** Name without "minecraft:", with properties. */
  at(x: number, y: number, z: number): string {
    return kit.states.nameOf(this.shard.block(pos(x, y, z))).slice(10);
  }

  property(at: BlockPos, property: string): string | null {
    return kit.states.get(this.shard.block(at), property);
  }

  fields(uuid: Uuid, fields: Extract<Effect, { type: 'playerFields' }>['fields']): void {
    this.shard.apply([{ type: 'playerFields', uuid, fields }]);
  }

  hold(uuid: Uuid, stack: Slot, hand: 'main' | 'off' = 'main'): void {
    const slot = hand === 'main' ? HOTBAR_FIRST_SLOT + this.player(uuid).heldSlot : OFFHAND_SLOT;
    this.shard.apply([{ type: 'slot', uuid, slot, item: stack }]);
  }

  held(uuid: Uuid = ANNA): Slot {
    return this.player(uuid).inventory[HOTBAR_FIRST_SLOT + this.player(uuid).heldSlot] ?? null;
  }

  /** Right click on a face, in its middle unless `cursor` says otherwise. */
  use(
    uuid: Uuid,
    at: BlockPos,
    face: Face,
    options: { readonly cursor?: Pose | { x: number; y: number; z: number }; readonly pose?: Pose } = {},
  ): string | null {
    const middle = {
      up: [0.5, 1, 0.5],
      down: [0.5, 0, 0.5],
      north: [0.5, 0.5, 0],
      south: [0.5, 0.5, 1],
      west: [0, 0.5, 0.5],
      east: [1, 0.5, 0.5],
    };
    const [x, y, z] = middle[face] as [number, number, number];
    const cursor = options.cursor ?? { x, y, z };
    return this.run(uuid, {
      type: 'useOn',
      hand: 'main',
      pos: at,
      face,
      cursor,
      inside: false,
      pose: options.pose ?? this.player(uuid).pose,
    });
  }

  /** Items that lie about, by name without "minecraft:". */
  items(): Readonly<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const entity of this.shard.entities()) {
      if (entity.body.type !== 'item') continue;
      const name = entity.body.stack.name.slice(10);
      found[name] = (found[name] ?? 0) + entity.body.stack.count;
    }
    return found;
  }

  /** Starts on a block, waits, and finishes; the refusal of the finish. */
  mine(uuid: Uuid, at: BlockPos, ticks: number): string | null {
    const { pose } = this.player(uuid);
    const refusal = this.run(uuid, { type: 'startDig', pos: at, face: 'up', pose });
    if (refusal !== null) return refusal;
    this.ticks(ticks - 1);
    return this.run(uuid, { type: 'finishDig', pos: at, face: 'up', pose });
  }

  /** The block entity at a position, or null. */
  blockEntity(at: BlockPos): NbtCompound | null {
    const key = (at.y << 8) | ((at.z & 15) << 4) | (at.x & 15);
    return this.shard.chunk(at.x >> 4, at.z >> 4)!.blockEntities.get(key) ?? null;
  }

  clearItems(): void {
    for (const entity of this.shard.entities()) this.shard.apply([{ type: 'entityGone', id: entity.id, reason: 'despawned', by: null }]);
  }
}
