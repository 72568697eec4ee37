import { refuse, type Refusal, type Result } from '../../../../../src-shared/errors/index.ts';
import { nbt, type Nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import { WORLD_EDGE, type BlockPos, type Pose } from '../../../../../src-shared/units/index.ts';
import { itemInfo } from '../../items/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { ItemStack } from '../../model/items.ts';
import type { Player } from '../../model/player.ts';
import type { BlockStates } from '../../model/states.ts';
import type { GameTables } from '../../model/tables.ts';
import { lookOf } from '../blocks/look.ts';
import type { Vector } from '../entities/boxes.ts';
import { parseAssignments, parseSnbt } from './snbt.ts';

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const bad = (argument: string): Refusal => refuse('play.bad-argument', { argument });

export function fullName(name: string): string {
  return name.includes(':') ? name : `minecraft:${name}`;
}

export function parseWhole(word: string | undefined, min: number, max: number): Result<number> {
  const value = Number(word);
  return word !== undefined && /^[+-]?\d+$/.test(word) && value >= min && value <= max ? ok(value) : bad(word ?? '');
}

/** "1d", "10s", "5t", "7": ticks. */
export function parseTime(word: string | undefined): Result<number> {
  const [, digits, unit] = /^(\d+(?:\.\d*)?)([dst]?)$/.exec(word ?? '') ?? [];
  if (digits === undefined) return bad(word ?? '');
  const ticks = Math.floor(Number(digits) * (unit === 'd' ? 24_000 : unit === 's' ? 20 : 1) + 0.5);
  return ticks <= 0x7fff_ffff ? ok(ticks) : bad(word ?? '');
}

/**
 * A place from three words: absolute, relative (~) or local to the look (^). `centred`: whole absolute x and z mean the middle of the
 * block, as /tp has it.
 */
export function parsePlace(words: readonly string[], player: Player, centred: boolean): Result<Vector> {
  if (words.length !== 3) return bad(words.join(' '));
  const { pose } = player;
  const local = words.filter((word) => word.startsWith('^')).length;
  if (local > 0) return local === 3 ? parseLocal(words, pose) : bad(words.join(' '));
  const x = parseCoordinate(words[0]!, pose.x, centred);
  const y = parseCoordinate(words[1]!, pose.y, false);
  const z = parseCoordinate(words[2]!, pose.z, centred);
  if (x === null || y === null || z === null) return bad(words.join(' '));
  const inside = Math.abs(x) <= WORLD_EDGE && Math.abs(z) <= WORLD_EDGE && Math.abs(y) <= 20_000_000;
  return inside ? ok({ x, y, z }) : bad(words.join(' '));
}

export function parseBlockPos(words: readonly string[], player: Player): Result<BlockPos> {
  const place = parsePlace(words, player, false);
  return place.ok ? ok({ x: Math.floor(place.value.x), y: Math.floor(place.value.y), z: Math.floor(place.value.z) }) : place;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;

function parseCoordinate(word: string, base: number, centred: boolean): number | null {
  if (word === '~') return base;
  if (word.startsWith('~')) return NUMBER.test(word.slice(1)) ? base + Number(word.slice(1)) : null;
  if (!NUMBER.test(word)) return null;
  return Number(word) + (centred && !word.includes('.') ? 0.5 : 0);
}

/** Left, up and forward of the look. */
function parseLocal(words: readonly string[], pose: Pose): Result<Vector> {
  const [left, up, forward] = words.map((word) => (word === '^' ? 0 : NUMBER.test(word.slice(1)) ? Number(word.slice(1)) : null));
  if (left === null || up === null || forward === null || left === undefined || up === undefined || forward === undefined)
    return bad(words.join(' '));
  const ahead = lookOf(pose.yaw, pose.pitch);
  const above = lookOf(pose.yaw, pose.pitch - 90);
  // Left is above x ahead: perpendicular to both.
  const aside: Vector = {
    x: above.y * ahead.z - above.z * ahead.y,
    y: above.z * ahead.x - above.x * ahead.z,
    z: above.x * ahead.y - above.y * ahead.x,
  };
  return ok({
    x: pose.x + ahead.x * forward + above.x * up + aside.x * left,
    y: pose.y + ahead.y * forward + above.y * up + aside.y * left,
    z: pose.z + ahead.z * forward + above.z * up + aside.z * left,
  });
}

export function parseAngle(word: string | undefined, base: number): Result<number> {
  const angle = word === undefined ? null : parseCoordinate(word, base, false);
  return angle === null ? bad(word ?? '') : ok(angle - 360 * Math.floor((angle + 180) / 360));
}

export interface BlockArgument {
  readonly state: StateId;
  /** Properties that were named: a filter compares only these. */
  readonly properties: ReadonlyMap<string, string>;
  readonly block: string;
  readonly nbt: NbtCompound | null;
}

const BLOCK = /^([a-z0-9_.:/-]+)(?:\[([^\]]*)\])?(\{.*\})?$/;

/** "oak_stairs[facing=east]{...}": properties that are not named have their default. */
export function parseBlock(word: string | undefined, states: BlockStates): Result<BlockArgument> {
  const [, name, list, tag] = BLOCK.exec(word ?? '') ?? [];
  const info = name === undefined ? null : states.blockNamed(fullName(name));
  if (info === null) return bad(word ?? '');
  const properties = new Map<string, string>();
  let state = info.defaultState;
  for (const pair of list === undefined || list.trim() === '' ? [] : list.split(',')) {
    const [property, value] = pair.split('=').map((part) => part.trim());
    const known = info.properties.find((each) => each.name === property);
    if (known === undefined || value === undefined || !known.values.includes(value)) return bad(pair);
    properties.set(known.name, value);
    state = states.with(state, known.name, value);
  }
  const data = tag === undefined ? null : parseSnbt(tag);
  if (tag !== undefined && data?.type !== 'compound') return bad(tag);
  return ok({ state, properties, block: info.name, nbt: data?.type === 'compound' ? data : null });
}

/** "diamond_sword[damage=5,enchantments={sharpness:2}]". Null components for a plain item. */
export function parseItem(word: string | undefined, tables: GameTables): Result<ItemStack> {
  const [, name, list] = /^([a-z0-9_.:/-]+)(?:\[(.*)\])?$/.exec(word ?? '') ?? [];
  if (name === undefined || name === 'air' || itemInfo(fullName(name), tables) === null) return bad(word ?? '');
  const components = list === undefined || list.trim() === '' ? new Map<string, Nbt>() : parseComponents(list);
  if (components === null) return bad(word ?? '');
  return ok({
    name: fullName(name),
    count: 1,
    components: components.size === 0 ? null : { type: 'compound', value: components },
  });
}

/** Components of an item as a list of name=value; a key that is ours, or one given twice, is refused. */
function parseComponents(list: string): Map<string, Nbt> | null {
  const found = new Map<string, Nbt>();
  const named = parseAssignments(list);
  if (named === null) return null;
  for (const [key, value] of named) {
    const name = fullName(key);
    if (name.startsWith('peerhold:') || found.has(name)) return null;
    found.set(name, isEnchantments(name) ? fullEnchantments(value) : value);
  }
  return found;
}

const isEnchantments = (name: string): boolean => name === 'minecraft:enchantments' || name === 'minecraft:stored_enchantments';

/** Vanilla takes `{sharpness:2}` as well as `{levels:{...}}`. */
function fullEnchantments(value: Nbt): Nbt {
  if (value.type !== 'compound') return value;
  const levels = nbt.getCompound(value, 'levels') ?? value;
  const full: NbtCompound = { type: 'compound', value: new Map([...levels.value].map(([name, level]) => [fullName(name), level])) };
  return levels === value ? nbt.compound({ levels: full }) : nbt.withTags(value, { levels: full });
}
