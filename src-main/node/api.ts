import type {
  FoundSave,
  Job,
  LogLine,
  NodeStatus,
  OnlinePlayer,
  Revised,
  Topic,
  TopicValue,
  World,
  WorldImportPlan,
  WorldPlayer,
  WorldSnapshot,
} from '../../src-shared/contract/index.ts';
import type { Result } from '../../src-shared/errors/index.ts';

/**
 * What the node does for an interface; the bridge carries it unchanged. A "no" is a returned Refusal; a fault is a thrown AppError.
 * Inputs have been checked against the contract's schemas.
 */
export interface NodeApi {
  readonly worlds: {
    found(): Promise<Result<readonly FoundSave[]>>;
    list(): Promise<Result<readonly World[]>>;
    plan(input: { readonly path: string }): Promise<Result<WorldImportPlan>>;
    import(input: { readonly path: string; readonly name: string | null; readonly skipDamaged: boolean }): Promise<Result<StartedJob>>;
    create(input: NewWorld): Promise<Result<World>>;
    start(input: NamedWorld): Promise<Result<World>>;
    stop(input: NamedWorld): Promise<Result<World>>;
    export(input: { readonly name: string; readonly folder: string }): Promise<Result<StartedJob>>;
    verify(input: NamedWorld): Promise<Result<StartedJob>>;
    snapshots(input: NamedWorld): Promise<Result<readonly WorldSnapshot[]>>;
    restore(input: { readonly name: string; readonly snapshot: string }): Promise<Result<World>>;
    /** Refuses with `world.bad-name` when `confirm` is not the name. */
    delete(input: { readonly name: string; readonly confirm: string }): Promise<Result<null>>;
  };
  readonly jobs: {
    list(): Promise<Result<readonly Job[]>>;
    cancel(input: { readonly id: string }): Promise<Result<null>>;
    dismiss(input: { readonly id: string }): Promise<Result<null>>;
  };
  readonly players: {
    online(): Promise<Result<readonly OnlinePlayer[]>>;
    ofWorld(input: { readonly world: string }): Promise<Result<readonly WorldPlayer[]>>;
    claim(input: { readonly world: string; readonly player: string; readonly as: string | null }): Promise<Result<null>>;
  };
  readonly node: {
    status(): Promise<Result<NodeStatus>>;
    log(input: { readonly limit: number }): Promise<Result<readonly LogLine[]>>;
  };
  /**
   * Calls `listener` with the present value before it returns and with the whole new value after every change, in order of
   * revision. The result ends it; after that the listener is not called again.
   */
  subscribe<T extends Topic>(topic: T, listener: (revised: Revised<TopicValue<T>>) => void): () => void;
}

export interface NamedWorld {
  readonly name: string;
}

export interface NewWorld {
  readonly name: string;
  readonly seed: string | null;
  readonly version: string | null;
  readonly mode: 'survival' | 'creative';
}

export interface StartedJob {
  /** Id of the job in the topic `jobs`. */
  readonly job: string;
}
