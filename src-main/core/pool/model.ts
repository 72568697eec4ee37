import type { BlockPos, DimensionName, Hash, Uuid } from '../../../src-shared/units/index.ts';

/**
 * The council's state: what the whole pool has decided. Plain JSON-safe data with sorted keys, so that its canonical text is its root.
 * Changed only by entries of the council's log.
 */
export interface Council {
  readonly world: WorldFacts;
  /** Dimension -> shard. Each shard is a group with a log of its own. */
  readonly shards: readonly { readonly group: string; readonly dimension: DimensionName }[];
  readonly spawn: { readonly pos: BlockPos; readonly angle: number };
  readonly difficulty: 'peaceful' | 'easy' | 'normal' | 'hard';
  readonly gameRules: Readonly<Record<string, string>>;
  /** Operators by UUID, with the name under which they were made one. */
  readonly operators: Readonly<Record<Uuid, string>>;
  readonly time: { readonly offset: number; readonly frozen: number | null };
  readonly weather: { readonly kind: 'clear' | 'rain' | 'thunder'; readonly untilTick: number };
  /** Player of the save -> UUID of the account that plays on with it. */
  readonly claims: Readonly<Record<string, Uuid>>;
  /** Newest request executed per source, so that a retry is harmless: source -> "height.index". */
  readonly executed: Readonly<Record<string, { readonly height: number; readonly index: number }>>;
}

/** What never changes after founding. */
export interface WorldFacts {
  readonly name: string;
  readonly version: string;
  /** Rules version of `core/world` that every voter runs. */
  readonly ruleset: number;
  /** Decimal text of the 64-bit seed. */
  readonly seed: string;
  readonly generator: { readonly kind: 'plain' | 'flat' | 'void'; readonly version: number };
  readonly gameMode: 'survival' | 'creative' | 'adventure' | 'spectator';
  readonly hardcore: boolean;
  /** Blob of the import's description (`ImportedWorld` as JSON), null for a world that was born here. */
  readonly imported: Hash | null;
  /** Wall clock at founding, milliseconds since 1970. */
  readonly founded: number;
}

/** One wish to the council. `source` and the pair (height, index) name it: executed at most once, in order per source. */
export interface CouncilCommand {
  readonly source: string;
  readonly height: number;
  readonly index: number;
  /** Tick of the source shard when it was asked. */
  readonly tick: number;
  readonly request: CouncilRequest;
}

export type CouncilRequest =
  | { readonly type: 'time'; readonly dayTime: number }
  | { readonly type: 'weather'; readonly weather: 'clear' | 'rain' | 'thunder'; readonly ticks: number }
  | { readonly type: 'operator'; readonly player: Uuid; readonly name: string; readonly grant: boolean }
  | { readonly type: 'gameRule'; readonly rule: string; readonly value: string }
  | { readonly type: 'difficulty'; readonly difficulty: Council['difficulty'] }
  | { readonly type: 'worldSpawn'; readonly pos: BlockPos; readonly angle: number }
  | { readonly type: 'claim'; readonly saved: string; readonly by: Uuid };
