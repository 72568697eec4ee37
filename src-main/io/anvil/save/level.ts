import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { LevelFacts } from '../door.ts';

const GAME_MODES = ['survival', 'creative', 'adventure', 'spectator'] as const;
const DIFFICULTIES = ['peaceful', 'easy', 'normal', 'hard'] as const;

/** `Data` of level.dat, in any form from 1.13 to 1.21.11; what a save does not say has vanilla's default. */
export function readLevel(data: NbtCompound): LevelFacts {
  const version = nbt.getCompound(data, 'Version');
  const is = (name: string): boolean => (nbt.getNumber(data, name) ?? 0) !== 0;
  return {
    name: nbt.getText(data, 'LevelName') ?? '',
    version: version === null ? null : nbt.getText(version, 'Name'),
    dataVersion: nbt.getNumber(data, 'DataVersion') ?? 0,
    seed: seedOf(data).toString(),
    spawn: spawnOf(data),
    gameMode: GAME_MODES[nbt.getNumber(data, 'GameType') ?? 0] ?? 'survival',
    difficulty: DIFFICULTIES[nbt.getNumber(data, 'Difficulty') ?? 2] ?? 'normal',
    hardcore: is('hardcore'),
    allowCommands: is('allowCommands'),
    dayTime: nbt.getNumber(data, 'DayTime') ?? 0,
    gameRules: gameRulesOf(data),
    raining: is('raining'),
    thundering: is('thundering'),
    lastPlayed: nbt.getNumber(data, 'LastPlayed') ?? 0,
  };
}

/** Since 1.16 in the settings of world generation. */
function seedOf(data: NbtCompound): bigint {
  const settings = nbt.getCompound(data, 'WorldGenSettings');
  const seed = settings?.value.get('seed') ?? data.value.get('RandomSeed');
  return seed?.type === 'long' ? seed.value : 0n;
}

/** Since 1.21.9 a compound. */
function spawnOf(data: NbtCompound): LevelFacts['spawn'] {
  const spawn = nbt.getCompound(data, 'spawn');
  const pos = spawn?.value.get('pos');
  if (spawn !== null && pos?.type === 'intArray' && pos.value.length === 3) {
    const [x, y, z] = pos.value;
    return { pos: { x: x!, y: y!, z: z! }, angle: nbt.getNumber(spawn, 'yaw') ?? 0 };
  }
  const at = (name: string): number => nbt.getNumber(data, name) ?? 0;
  return { pos: { x: at('SpawnX'), y: at('SpawnY'), z: at('SpawnZ') }, angle: at('SpawnAngle') };
}

/** Text until 1.21.10; since then of their own types, under other names. */
function gameRulesOf(data: NbtCompound): Readonly<Record<string, string>> {
  const rules = nbt.getCompound(data, 'GameRules') ?? nbt.getCompound(data, 'game_rules');
  const found: Record<string, string> = {};
  for (const [name, tag] of rules?.value ?? []) {
    if (tag.type === 'string') found[name] = tag.value;
    else if (tag.type === 'byte') found[name] = tag.value === 0 ? 'false' : 'true';
    else if (typeof tag.value === 'number') found[name] = String(tag.value);
  }
  return found;
}

/** `data` with what differs between the two set in the form that it has; the same object when nothing does. */
export function withLevelChanges(data: NbtCompound, was: LevelFacts, now: LevelFacts): NbtCompound {
  const changes: Record<string, Nbt> = {};
  const flag = (value: boolean): Nbt => nbt.byte(value ? 1 : 0);
  if (now.dayTime !== was.dayTime) changes['DayTime'] = nbt.long(BigInt(Math.floor(now.dayTime)));
  if (now.raining !== was.raining) changes['raining'] = flag(now.raining);
  if (now.thundering !== was.thundering) changes['thundering'] = flag(now.thundering);
  if (now.difficulty !== was.difficulty) changes['Difficulty'] = nbt.byte(DIFFICULTIES.indexOf(now.difficulty));
  if (now.lastPlayed !== was.lastPlayed) changes['LastPlayed'] = nbt.long(BigInt(Math.floor(now.lastPlayed)));
  if (!isSameSpawn(now.spawn, was.spawn)) Object.assign(changes, spawnChanges(data, now.spawn));
  const rules = gameRuleChanges(data, was.gameRules, now.gameRules);
  if (rules !== null) Object.assign(changes, rules);
  return Object.keys(changes).length === 0 ? data : nbt.withTags(data, changes);
}

function isSameSpawn(a: LevelFacts['spawn'], b: LevelFacts['spawn']): boolean {
  return a.pos.x === b.pos.x && a.pos.y === b.pos.y && a.pos.z === b.pos.z && a.angle === b.angle;
}

function spawnChanges(data: NbtCompound, { pos, angle }: LevelFacts['spawn']): Readonly<Record<string, Nbt>> {
  const spawn = nbt.getCompound(data, 'spawn');
  if (spawn !== null)
    return { spawn: nbt.withTags(spawn, { pos: nbt.intArray(Int32Array.of(pos.x, pos.y, pos.z)), yaw: nbt.float(angle) }) };
  return { SpawnX: nbt.int(pos.x), SpawnY: nbt.int(pos.y), SpawnZ: nbt.int(pos.z), SpawnAngle: nbt.float(angle) };
}

function gameRuleChanges(
  data: NbtCompound,
  was: LevelFacts['gameRules'],
  now: LevelFacts['gameRules'],
): Readonly<Record<string, Nbt>> | null {
  const changed = Object.entries(now).filter(([name, value]) => was[name] !== value);
  if (changed.length === 0) return null;
  const typed = nbt.getCompound(data, 'game_rules');
  if (typed === null) {
    const rules = nbt.getCompound(data, 'GameRules') ?? nbt.compound({});
    return { GameRules: nbt.withTags(rules, Object.fromEntries(changed.map(([name, value]) => [name, nbt.text(value)]))) };
  }
  const ofType = (name: string, value: string): Nbt =>
    typed.value.get(name)?.type === 'int' ? nbt.int(Number(value)) : nbt.byte(value === 'true' ? 1 : 0);
  return { game_rules: nbt.withTags(typed, Object.fromEntries(changed.map(([name, value]) => [name, ofType(name, value)]))) };
}
