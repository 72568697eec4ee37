import type { EntryKind, NextEpochBody } from '../../../src-shared/wire/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';

/**
 * One group's replica as a state machine: `step(input) -> outputs`. The driver honours the outputs in this order: append `records`
 * (in order; a record is never durable before those in front of it), send `messages`, then `dropped`, `finals`, `checks`, `events`. When
 * the records are durable it feeds `persisted` with their `mark`. Messages never depend on the records beside them: a promise is sent
 * by the step that learns that it is durable, so heartbeats need not wait for the disk.
 */
export interface Replica {
  step(input: ReplicaInput): ReplicaOutputs;
  readonly status: ReplicaStatus;
}

export type ReplicaInput =
  /** First input: what recovery found for this group, in order. Finals are announced again from the oldest kept entry on. */
  | { readonly type: 'start'; readonly now: number; readonly records: readonly Uint8Array[] }
  /** At least every 50 ms. */
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'message'; readonly now: number; readonly from: string; readonly bytes: Uint8Array }
  /** Everything up to and including `mark` is on disk. */
  | { readonly type: 'persisted'; readonly now: number; readonly mark: number }
  /**
   * The czar's driver offers the next entry's payload; refused (`proposed` is null) when this replica may not propose now. With `next` it
   * is the last entry of the epoch: the payload must be empty and the state root that of the parent.
   */
  | {
      readonly type: 'propose';
      readonly now: number;
      readonly payload: Uint8Array;
      readonly stateRoot: Hash;
      readonly next?: NextEpochBody;
    }
  /** Answer to a `check`. */
  | {
      readonly type: 'checked';
      readonly now: number;
      readonly entry: Hash;
      readonly result:
        | { readonly ok: true; readonly stateRoot: Hash }
        | { readonly ok: false; readonly code: string; readonly stateRoot: Hash | null };
    }
  /** A valid command reached this node; the czar has it too, or had the chance to. */
  | { readonly type: 'commandSeen'; readonly now: number; readonly id: string }
  /** An entry that executed it was checked or became final, or it turned out void. */
  | { readonly type: 'commandDone'; readonly now: number; readonly id: string }
  /** Hand the czar's role on. */
  | { readonly type: 'leave'; readonly now: number }
  /** A hint of the transport; never matters for safety. */
  | { readonly type: 'connection'; readonly now: number; readonly peer: string; readonly state: 'connected' | 'gone' }
  /** The state at this final height is durable here as a snapshot. */
  | { readonly type: 'snapshotDurable'; readonly now: number; readonly height: number }
  /** The driver has installed the certified state that a `snapshotOffered` named. */
  | { readonly type: 'installed'; readonly now: number; readonly hash: Hash }
  /** Who follows without a vote. */
  | { readonly type: 'learners'; readonly now: number; readonly learners: readonly string[] }
  /** A person decided that the group may go on after a freeze. */
  | { readonly type: 'thaw'; readonly now: number };

export interface ReplicaOutputs {
  readonly records: readonly Uint8Array[];
  /** Number of this output's newest record; feed it back as `persisted`. Unchanged when there are no records. */
  readonly mark: number;
  /** True when `records` stand for everything before them: once they are durable, the older records of this group may be trimmed. */
  readonly replacesEarlier: boolean;
  readonly messages: readonly { readonly to: string; readonly bytes: Uint8Array }[];
  /** Entries this replica had shown or checked that can not become final any more: take them back, newest first. */
  readonly dropped: readonly LogEntry[];
  /** Entries that became final, in order, each with its Final certificate. Their bodies are durable. */
  readonly finals: readonly { readonly entry: LogEntry; readonly certificate: Uint8Array }[];
  /** Entries to execute on top of the finals and of the checks before, and to compare before voting, parents first. */
  readonly checks: readonly LogEntry[];
  readonly events: readonly ReplicaEvent[];
  /** Whether `propose` was accepted (only after a `propose` input), and the entry it became. */
  readonly proposed: LogEntry | null;
}

export type ReplicaEvent =
  | { readonly type: 'role'; readonly role: ReplicaStatus['role']; readonly view: number; readonly czar: string }
  | { readonly type: 'frozen'; readonly reason: string }
  | { readonly type: 'thawed' }
  /** A czar without certificates: results must not be shown as accepted until `fenced` is false again (rule 8). */
  | { readonly type: 'fenced'; readonly fenced: boolean }
  | { readonly type: 'evidence'; readonly against: string; readonly kind: string; readonly proof: Uint8Array }
  | { readonly type: 'refused'; readonly by: string; readonly entry: Hash; readonly stateRoot: Hash | null; readonly code: string }
  | { readonly type: 'epoch'; readonly epoch: number; readonly voters: readonly string[] }
  /** This node's log lacks promises that it made: it votes again when an epoch admits `incarnation` (rule 11). */
  | { readonly type: 'diskLost'; readonly incarnation: number }
  /** The log that is missing here is gone at `from`: fetch the state named by `stateRoot` and answer with `installed`. */
  | { readonly type: 'snapshotOffered'; readonly from: string; readonly height: number; readonly hash: Hash; readonly stateRoot: Hash }
  /** q voters hold this snapshot durably (rule 12). */
  | { readonly type: 'snapshotAccepted'; readonly height: number; readonly hash: Hash }
  /** The log since the last snapshot has grown past its limit: take one. */
  | { readonly type: 'snapshotWanted' };

/** One unit of a group's log as the world sees it. Only `normal` entries change the state; the payload of an `epochEnd` is a `NextEpochBody`. */
export interface LogEntry {
  readonly kind: EntryKind;
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
  readonly lineage: number;
  readonly epoch: number;
  readonly view: number;
  /** Height of the newest entry held. */
  readonly height: number;
  readonly finalHeight: number;
  readonly finalHash: Hash;
  /** State root at the final height. */
  readonly stateRoot: Hash;
  readonly role: 'czar' | 'voter' | 'learner' | 'observer';
  readonly czar: string | null;
  readonly voters: readonly string[];
  readonly learners: readonly string[];
  readonly frozen: boolean;
  /** A czar whose proposal has no certificate for too long (rule 8). */
  readonly fenced: boolean;
  /** Entries proposed and not final. */
  readonly unfinal: number;
  /** True when `propose` would be accepted. */
  readonly mayPropose: boolean;
  /** False before a restarted voter may vote again, after it left its view, and for learners. */
  readonly voting: boolean;
  readonly incarnation: number;
  /** What this replica knows of the other nodes. Times in ms; null = never heard of. */
  readonly peers: readonly PeerStatus[];
}

export interface PeerStatus {
  readonly id: string;
  readonly silentMillis: number | null;
  readonly roundTripMillis: number | null;
  readonly finalHeight: number;
}

/** What every signature covers besides its own fields, and who votes. */
export interface GroupConfig {
  readonly world: Hash;
  readonly lineage: number;
  readonly group: string;
  /** 1 for a group's first. */
  readonly epoch: number;
  /** In the order of succession. `publicKey` is raw Ed25519, 32 bytes; `id` is the libp2p peer id. */
  readonly voters: readonly { readonly id: string; readonly publicKey: Uint8Array; readonly incarnation?: number }[];
  readonly learners: readonly string[];
  readonly self: string;
  /** Hash of the entry (or genesis) below the first of this epoch, its height, and the state root there. */
  readonly base: { readonly hash: Hash; readonly height: number; readonly stateRoot: Hash };
}

/** Of this process; nothing here is agreed. */
export interface ReplicaOptions {
  /** 8 random bytes drawn at every start of the process: tells messages of this run from delayed ones of an earlier run. Zeros when absent. */
  readonly boot?: Uint8Array;
  /** `proven`: something outside the data folder shows that the folder is the one of the last run. Otherwise a voter asks the others first (rule 11). */
  readonly continuity?: 'proven' | 'unknown';
}

/** Synchronous signing and hashing, declared here so that the core imports nothing. `ports.Crypto` satisfies it. */
export interface ReplicaCrypto {
  digest(bytes: Uint8Array): Uint8Array;
  sign(message: Uint8Array): Uint8Array;
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
