import { refuse, type Result } from '../../../../../src-shared/errors/index.ts';
import { parseUuid } from '../../../../../src-shared/units/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { GameMode, Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import type { Vector } from '../entities/boxes.ts';
import { bad, fullName, ok, parseWhole } from './values.ts';

/** What a selector found: a player, or an entity of the state. */
export type Target = { readonly player: Player; readonly entity: null } | { readonly player: null; readonly entity: Entity };

interface Filter {
  readonly types: readonly { readonly name: string; readonly not: boolean }[];
  readonly names: readonly { readonly name: string; readonly not: boolean }[];
  readonly modes: readonly { readonly name: string; readonly not: boolean }[];
  readonly distance: { readonly min: number; readonly max: number } | null;
  readonly limit: number | null;
  readonly sort: 'nearest' | 'furthest' | 'random' | 'arbitrary' | null;
}

const EVERYTHING: Filter = { types: [], names: [], modes: [], distance: null, limit: null, sort: null };
const SELECTOR = /^@([apres])(?:\[(.*)\])?$/;

/** Targets of a word: a selector, a player's name, or a UUID. At least one, or `play.target-not-found`. */
export function findTargets(context: RuleContext, by: Player, word: string | undefined): Result<readonly Target[]> {
  if (word === undefined) return bad('');
  const found = word.startsWith('@') ? select(context, by, word) : named(context, word);
  if (!found.ok || found.value.length > 0) return found;
  return refuse('play.target-not-found', { name: word });
}

export function findPlayers(context: RuleContext, by: Player, word: string | undefined): Result<readonly Player[]> {
  const targets = findTargets(context, by, word);
  if (!targets.ok) return targets;
  const players = targets.value.flatMap(({ player }) => (player === null ? [] : [player]));
  return players.length === targets.value.length ? ok(players) : bad(word ?? '');
}

export function poseOf(target: Target): Vector & { readonly yaw: number; readonly pitch: number } {
  return target.player === null ? target.entity.pose : target.player.pose;
}

function named(context: RuleContext, word: string): Result<readonly Target[]> {
  const uuid = parseUuid(word);
  const low = word.toLowerCase();
  const players = onlinePlayers(context).filter((player) => player.name.toLowerCase() === low || player.uuid === uuid);
  const entities = uuid === null ? [] : [...context.world.entities()].filter((entity) => entity.uuid === uuid);
  return ok([...players.map(ofPlayer), ...entities.map(ofEntity)]);
}

const ofPlayer = (player: Player): Target => ({ player, entity: null });
const ofEntity = (entity: Entity): Target => ({ player: null, entity });

function onlinePlayers(context: RuleContext): readonly Player[] {
  return [...context.world.players()].filter(({ online }) => online).sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
}

function select(context: RuleContext, by: Player, word: string): Result<readonly Target[]> {
  const [, letter, options] = SELECTOR.exec(word) ?? [];
  if (letter === undefined) return bad(word);
  const filter = options === undefined ? ok(EVERYTHING) : parseFilter(options);
  if (!filter.ok) return filter;
  const players = letter === 's' ? [by] : onlinePlayers(context);
  const entities = letter === 'e' ? [...context.world.entities()].sort((a, b) => a.id - b.id) : [];
  const alive = letter === 'p' || letter === 'r' ? players.filter(({ health }) => health > 0) : players;
  const found = [...alive.map(ofPlayer), ...entities.map(ofEntity)].filter((target) => matches(target, by, filter.value));
  const single = letter === 'p' || letter === 'r';
  const sort = filter.value.sort ?? (letter === 'p' ? 'nearest' : letter === 'r' ? 'random' : 'arbitrary');
  return ok(sorted(context, found, by, sort).slice(0, filter.value.limit ?? (single ? 1 : Infinity)));
}

function matches(target: Target, by: Player, filter: Filter): boolean {
  const type = target.player === null ? target.entity.kind : 'minecraft:player';
  const mode: GameMode | null = target.player?.gameMode ?? null;
  const distance = Math.sqrt(squared(poseOf(target), by.pose));
  return (
    filter.types.every(({ name, not }) => (name === type) !== not) &&
    filter.names.every(({ name, not }) => (name === target.player?.name) !== not) &&
    filter.modes.every(({ name, not }) => (name === mode) !== not) &&
    (filter.distance === null || (distance >= filter.distance.min && distance <= filter.distance.max))
  );
}

function sorted(context: RuleContext, targets: readonly Target[], by: Player, sort: NonNullable<Filter['sort']>): readonly Target[] {
  if (sort === 'arbitrary') return targets;
  const key = (target: Target, index: number): number => {
    if (sort === 'random') return context.random(`select ${by.uuid} ${index}`);
    const distance = squared(poseOf(target), by.pose);
    return sort === 'nearest' ? distance : -distance;
  };
  const keyed = targets.map((target, index) => ({ target, key: key(target, index) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ target }) => target);
}

function squared(a: Vector, b: Vector): number {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z);
}

/** "type=cow,limit=3,distance=..5": every option that is not known is refused, so that nothing is hit by mistake. */
function parseFilter(options: string): Result<Filter> {
  let filter = EVERYTHING;
  for (const option of options === '' ? [] : options.split(',')) {
    const equals = option.indexOf('=');
    const name = option.slice(0, equals).trim();
    const text = option.slice(equals + 1).trim();
    const next = equals > 0 ? withOption(filter, name, text) : null;
    if (next === null) return bad(option);
    filter = next;
  }
  return ok(filter);
}

function withOption(filter: Filter, name: string, text: string): Filter | null {
  const not = text.startsWith('!');
  const value = not ? text.slice(1) : text;
  switch (name) {
    case 'type':
      return { ...filter, types: [...filter.types, { name: fullName(value), not }] };
    case 'name':
      return { ...filter, names: [...filter.names, { name: value.replaceAll('"', ''), not }] };
    case 'gamemode':
      return { ...filter, modes: [...filter.modes, { name: value, not }] };
    case 'distance':
      return withDistance(filter, text);
    case 'limit': {
      const limit = parseWhole(text, 1, 0x7fff_ffff);
      return limit.ok ? { ...filter, limit: limit.value } : null;
    }
    case 'sort':
      return text === 'nearest' || text === 'furthest' || text === 'random' || text === 'arbitrary' ? { ...filter, sort: text } : null;
    default:
      return null;
  }
}

/** "5", "..5", "5..", "2..5" */
function withDistance(filter: Filter, text: string): Filter | null {
  const [, low, range, high] = /^(\d*\.?\d+)?(\.\.)?(\d*\.?\d+)?$/.exec(text) ?? [];
  if (low === undefined && high === undefined) return null;
  if (range === undefined) return high === undefined ? { ...filter, distance: { min: Number(low), max: Number(low) } } : null;
  return { ...filter, distance: { min: low === undefined ? 0 : Number(low), max: high === undefined ? Infinity : Number(high) } };
}
