import type { Uuid } from '../../../src-shared/units/index.ts';
import type { Council, WorldFacts } from './model.ts';

/** What shards and gateways need of the council, at one height. Structurally the world's `CouncilView`. */
export interface View {
  readonly height: number;
  readonly worldName: string;
  readonly seed: bigint;
  readonly generator: WorldFacts['generator'];
  readonly defaultGameMode: WorldFacts['gameMode'];
  readonly difficulty: Council['difficulty'];
  readonly hardcore: boolean;
  readonly spawn: Council['spawn'];
  readonly operators: ReadonlySet<Uuid>;
  readonly gameRules: ReadonlyMap<string, string>;
  readonly time: Council['time'];
  readonly weather: Council['weather'];
}

export function councilView(council: Council, height: number): View {
  const { world } = council;
  return {
    height,
    worldName: world.name,
    seed: BigInt(world.seed),
    generator: world.generator,
    defaultGameMode: world.gameMode,
    difficulty: council.difficulty,
    hardcore: world.hardcore,
    spawn: council.spawn,
    operators: new Set(Object.keys(council.operators) as Uuid[]),
    gameRules: new Map(Object.entries(council.gameRules)),
    time: council.time,
    weather: council.weather,
  };
}
