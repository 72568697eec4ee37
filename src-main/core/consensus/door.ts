import type { Hash } from '../../../src-shared/units/index.ts';

/**
 * One group's replica as a state machine: `step(input) -> outputs`. The driver honours the outputs in this order: append `records`
 * durably, then send `messages`, then act on the rest; when the records are durable it feeds `persisted` with their `mark`.
 */
export interface Replica {
  step(input: ReplicaInput): ReplicaOutputs;
  readonly status: ReplicaStatus;
}

export type ReplicaInput =
  /** First input: what recovery found for this group, in order. */
  | { readonly type: 'start'; readonly now: number; readonly records: readonly Uint8Array[] }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'message'; readonly now: number; readonly from: string; readonly bytes: Uint8Array }
  /** Everything up to and including `mark` is on disk. */
  | { readonly type: 'persisted'; readonly now: number; readonly mark: number }
  /** The czar's driver offers the next entry's payload; refused (in the outputs) when this replica may not propose now. */
  | { readonly type: 'propose'; readonly now: number; readonly payload: Uint8Array; readonly stateRoot: Hash }
  /** Answer to a `check`. */
  | {
      readonly type: 'checked';
      readonly now: number;
      readonly entry: Hash;
      readonly result:
        | { readonly ok: true; readonly stateRoot: Hash }
        | { readonly ok: false; readonly code: string; readonly stateRoot: Hash | null };
    }
  | { readonly type: 'commandSeen'; readonly now: number; readonly id: string }
  /** Hand the czar's role on, or shrink the voters. */
  | { readonly type: 'leave'; readonly now: number };

export interface ReplicaOutputs {
  readonly records: readonly Uint8Array[];
  /** Number of this output's newest record; feed it back as `persisted`. Unchanged when there are no records. */
  readonly mark: number;
  readonly messages: readonly { readonly to: string; readonly bytes: Uint8Array }[];
  /** Entries to execute and compare before voting, parents first. */
  readonly checks: readonly LogEntry[];
  /** Entries that became final, in order, each with its Final certificate. */
  readonly finals: readonly { readonly entry: LogEntry; readonly certificate: Uint8Array }[];
  /** Entries this replica had shown or checked that can not become final any more: take them back, newest first. */
  readonly dropped: readonly LogEntry[];
  readonly events: readonly ReplicaEvent[];
  /** Whether `propose` was accepted (only after a `propose` input), and the entry it became. */
  readonly proposed: LogEntry | null;
}

export type ReplicaEvent =
  | { readonly type: 'role'; readonly role: ReplicaStatus['role']; readonly view: number; readonly czar: string }
  | { readonly type: 'frozen'; readonly reason: string }
  | { readonly type: 'thawed' }
  | { readonly type: 'evidence'; readonly against: string; readonly kind: string; readonly proof: Uint8Array }
  | { readonly type: 'epoch'; readonly epoch: number; readonly voters: readonly string[] };

/** One unit of a group's log as the world sees it. */
export interface LogEntry {
  readonly hash: Hash;
  readonly parent: Hash;
  readonly epoch: number;
  readonly view: number;
  readonly height: number;
  readonly payload: Uint8Array;
  readonly stateRoot: Hash;
}

export interface ReplicaStatus {
  readonly group: string;
  readonly epoch: number;
  readonly view: number;
  /** Height of the newest entry held. */
  readonly height: number;
  readonly finalHeight: number;
  readonly finalHash: Hash;
  readonly stateRoot: Hash;
  readonly role: 'czar' | 'voter' | 'learner' | 'observer';
  readonly czar: string | null;
  readonly voters: readonly string[];
  readonly learners: readonly string[];
  readonly frozen: boolean;
  /** Entries proposed and not final. */
  readonly unfinal: number;
  /** True when `propose` would be accepted. */
  readonly mayPropose: boolean;
}

/** What every signature covers besides its own fields, and who votes. */
export interface GroupConfig {
  readonly world: Hash;
  readonly lineage: number;
  readonly group: string;
  readonly epoch: number;
  /** In the order of succession. `publicKey` is raw Ed25519, 32 bytes; `id` is the libp2p peer id. */
  readonly voters: readonly { readonly id: string; readonly publicKey: Uint8Array }[];
  readonly learners: readonly string[];
  readonly self: string;
  /** Hash of the entry (or genesis) below height 1 of this epoch, its height, and the state root there. */
  readonly base: { readonly hash: Hash; readonly height: number; readonly stateRoot: Hash };
}

/** Synchronous signing and hashing, declared here so that the core imports nothing. `ports.Crypto` satisfies it. */
export interface ReplicaCrypto {
  digest(bytes: Uint8Array): Uint8Array;
  sign(message: Uint8Array): Uint8Array;
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
