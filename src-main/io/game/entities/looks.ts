import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { readItem, resolveState, type BlockStates, type Entity, type GameTables, type Slot } from '../../../core/world/index.ts';
import type { SlotCodec } from '../items/slots.ts';
import { NO_EQUIPMENT, type Equipment, type Look } from './body.ts';
import { metadata, type EntityKind, type EntityKinds, type Field } from './kinds.ts';
import type { MobContext } from './mobContext.ts';
import { hangingFacing, mobFields } from './mobFields.ts';

/** Entities that vanilla never sends, or that are over before anybody looks. */
const NEVER_SHOWN = new Set(['minecraft:marker', 'minecraft:lightning_bolt', 'minecraft:player', 'minecraft:fishing_bobber']);

/** Kinds that older versions called otherwise. Source: the data fixers 1928 and 2509. */
const RENAMED: Readonly<Record<string, string>> = {
  'minecraft:zombie_pigman': 'minecraft:zombified_piglin',
  'minecraft:illager_beast': 'minecraft:ravager',
};

export interface LookParts {
  readonly kinds: EntityKinds;
  readonly slots: SlotCodec;
  readonly tables: GameTables;
  readonly states: BlockStates;
  /** Names of the painting and wolf variants in the order in which clients know them. */
  readonly paintings: readonly string[];
  readonly wolves: readonly string[];
}

/** What entities look like to clients, from the state's entities and from the save's NBT. */
export class Looks {
  readonly #parts: LookParts;

  constructor(parts: LookParts) {
    this.#parts = parts;
  }

  /** Players are not sent as entities of the world; their kind is asked for by itself. */
  get player(): EntityKind {
    const kind = this.#parts.kinds.get('minecraft:player');
    if (kind === undefined) throw new Error('minecraft-data lost the player');
    return kind;
  }

  kind(name: string): EntityKind | null {
    if (NEVER_SHOWN.has(name)) return null;
    return this.#parts.kinds.get(RENAMED[name] ?? name) ?? null;
  }

  /** null: nothing that a client of this version could draw. */
  ofEntity(entity: Entity): Look | null {
    const kind = this.kind(entity.kind);
    if (kind === null) return null;
    const { body } = entity;
    if (body.type === 'item') return this.item(kind, body.stack);
    if (body.type === 'mob') return this.ofNbt(kind, body.nbt, body.dataVersion, body.health);
    const objectData = this.#parts.states.shown(this.#parts.states.idOf(body.block));
    return { kind, objectData, metadata: metadata(kind, [['start_pos', 'block_pos', body.from]]), equipment: NO_EQUIPMENT };
  }

  item(kind: EntityKind, stack: Slot): Look {
    const item = this.#parts.slots.toWire(stack, false);
    return { kind, objectData: 0, metadata: metadata(kind, [['item', 'item_stack', item]]), equipment: NO_EQUIPMENT };
  }

  /** `health` overrides the save's: play may have changed it. */
  ofNbt(kind: EntityKind, tag: NbtCompound, dataVersion: number, health: number | null = null): Look {
    const fields: Field[] = [...mobFields(kind.name, tag, this.#context(dataVersion))];
    const life = health ?? nbt.getNumber(tag, 'Health');
    if (life !== null) fields.push(['health', 'float', life]);
    return {
      kind,
      objectData: this.#objectData(kind, tag),
      metadata: metadata(kind, fields),
      equipment: this.#equipment(tag, dataVersion),
    };
  }

  #context(dataVersion: number): MobContext {
    const { slots, tables, paintings, wolves } = this.#parts;
    return {
      paintings,
      wolves,
      item: (tag) => slots.toWire(tag === null ? null : readItem(tag, dataVersion, tables.renamedItems), false),
      block: (tag) => this.#block(tag),
    };
  }

  #objectData(kind: EntityKind, tag: NbtCompound): number {
    if (kind.name === 'minecraft:falling_block') return this.#block(nbt.getCompound(tag, 'BlockState'));
    return hangingFacing(kind.name, tag);
  }

  /** {Name, Properties} as protocol id; stone for none. */
  #block(tag: NbtCompound | null): number {
    const { states } = this.#parts;
    const properties = new Map<string, string>();
    for (const [name, value] of (tag === null ? null : nbt.getCompound(tag, 'Properties'))?.value ?? []) {
      if (value.type === 'string') properties.set(name, value.value);
    }
    return states.shown(resolveState(states, (tag === null ? null : nbt.getText(tag, 'Name')) ?? 'minecraft:stone', properties));
  }

  /** HandItems: main, off; ArmorItems: feet, legs, chest, head. */
  #equipment(tag: NbtCompound, dataVersion: number): Equipment {
    const at = (list: string, index: number): Slot => {
      const item = nbt.getList(tag, list)?.[index];
      return item?.type === 'compound' ? readItem(item, dataVersion, this.#parts.tables.renamedItems) : null;
    };
    return [at('HandItems', 0), at('HandItems', 1), at('ArmorItems', 0), at('ArmorItems', 1), at('ArmorItems', 2), at('ArmorItems', 3)];
  }
}
