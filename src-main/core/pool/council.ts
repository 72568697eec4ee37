import { refuse, type Refusal } from '../../../src-shared/errors/index.ts';
import { toUtf8, type Hash } from '../../../src-shared/units/index.ts';
import { toHex } from '../../../src-shared/units/index.ts';
import { encodeCouncil } from './codec.ts';
import type { Council, CouncilCommand, CouncilRequest, WorldFacts } from './model.ts';

/** The council at the founding of a world: height 0, before the first entry. */
export function foundCouncil(facts: {
  readonly world: WorldFacts;
  readonly shards: Council['shards'];
  readonly spawn: Council['spawn'];
  readonly difficulty: Council['difficulty'];
  readonly gameRules: Council['gameRules'];
  readonly dayTime: number;
  readonly weather: Council['weather']['kind'];
}): Council {
  const council: Council = {
    world: facts.world,
    shards: facts.shards,
    spawn: facts.spawn,
    difficulty: facts.difficulty,
    gameRules: facts.gameRules,
    operators: {},
    time: { offset: facts.dayTime, frozen: null },
    weather: { kind: facts.weather, untilTick: Number.MAX_SAFE_INTEGER },
    claims: {},
    executed: {},
  };
  return facts.gameRules['doDaylightCycle'] === 'false' ? { ...council, time: { offset: facts.dayTime, frozen: facts.dayTime } } : council;
}

/** Day time (0..23999 is a day, counted on) that players of a shard see at its `tick`. */
export function dayTimeAt(council: Pick<Council, 'time'>, tick: number): number {
  return council.time.frozen ?? council.time.offset + tick;
}

/** Whether the council would execute it; never changes anything. */
export function validateRequest(council: Council, request: CouncilRequest): Refusal | null {
  if (request.type === 'claim') {
    const owner = council.claims[request.saved];
    if (owner !== undefined && owner !== request.by) return refuse('world.player-already-claimed', { player: request.saved });
  }
  return null;
}

/** Executes in order. A command at or before the newest one of its source changes nothing; a refused one counts as executed. */
export function advanceCouncil(council: Council, commands: readonly CouncilCommand[]): Council {
  let now = council;
  for (const command of commands) {
    if (wasExecuted(now, command)) continue;
    if (validateRequest(now, command.request) === null) now = execute(now, command);
    now = { ...now, executed: { ...now.executed, [command.source]: { height: command.height, index: command.index } } };
  }
  return now;
}

export function wasExecuted(council: Council, command: Pick<CouncilCommand, 'source' | 'height' | 'index'>): boolean {
  const newest = council.executed[command.source];
  return newest !== undefined && (command.height < newest.height || (command.height === newest.height && command.index <= newest.index));
}

/** Root of the council's state: digest of its canonical text. */
export function councilRoot(council: Council, digest: (bytes: Uint8Array) => Uint8Array): Hash {
  return toHex(digest(toUtf8(encodeCouncil(council)))) as Hash;
}

function execute(council: Council, { request, tick }: CouncilCommand): Council {
  switch (request.type) {
    case 'time':
      return { ...council, time: { offset: request.dayTime - tick, frozen: council.time.frozen === null ? null : request.dayTime } };
    case 'weather':
      return { ...council, weather: { kind: request.weather, untilTick: tick + request.ticks } };
    case 'operator':
      return { ...council, operators: withOperator(council.operators, request) };
    case 'gameRule':
      return withGameRule(council, request.rule, request.value, tick);
    case 'difficulty':
      return { ...council, difficulty: request.difficulty };
    case 'worldSpawn':
      return { ...council, spawn: { pos: request.pos, angle: request.angle } };
    case 'claim':
      return { ...council, claims: { ...council.claims, [request.saved]: request.by } };
  }
}

function withOperator(operators: Council['operators'], request: Extract<CouncilRequest, { type: 'operator' }>): Council['operators'] {
  const { [request.player]: _removed, ...others } = operators;
  return request.grant ? { ...others, [request.player]: request.name } : others;
}

/** The daylight rule freezes the day where it stands, and lets it go on from there. */
function withGameRule(council: Council, rule: string, value: string, tick: number): Council {
  const gameRules = { ...council.gameRules, [rule]: value };
  if (rule !== 'doDaylightCycle') return { ...council, gameRules };
  const dayTime = dayTimeAt(council, tick);
  return { ...council, gameRules, time: { offset: dayTime - tick, frozen: value === 'false' ? dayTime : null } };
}
