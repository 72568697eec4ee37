import type { ErrorCode, Facts } from '../../../src-shared/errors/index.ts';
import type { DimensionName, Pose, Uuid } from '../../../src-shared/units/index.ts';
import type { Command, CouncilView, Entity, Hand, NoticeText, Player } from '../../core/world/index.ts';

/** The Minecraft endpoint of this machine. Runs on a thread of its own; everything it knows of the world comes in as a `ViewUpdate`. */
export interface Gateway {
  readonly host: string;
  readonly port: number;
  /** One ordered channel: a chunk that is shown holds all effects shown before it and none shown after it. */
  show(update: ViewUpdate): void;
  /** Rejects with AppError('node.internal') when the thread dies of a bug; never settles otherwise. */
  readonly failed: Promise<never>;
  /** Disconnects everybody with a sentence and stops listening. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly auth: 'mojang' | 'offline';
  readonly version: string;
  /** Announce the world in the local network list (loopback only: every player's own machine announces for itself). */
  readonly announce: boolean;
  readonly viewDistance: number;
  /** Compress for clients on this machine too: for those that come through a relay's tunnel. Off. */
  readonly compressLoopback?: boolean;
  /** Base address of the session server; Mojang's. */
  readonly sessionServer?: string;
}

/** What the gateway tells the node; called on the node's thread, in order. */
export type GatewayEvent =
  /** A player logged in and wants into the world. Answered by `admitted` or `rejected`. */
  | { readonly type: 'join'; readonly session: Uuid; readonly uuid: Uuid; readonly name: string }
  | { readonly type: 'command'; readonly command: Command }
  /** At most 20 a second per player. */
  | { readonly type: 'presence'; readonly presence: Presence }
  | { readonly type: 'chat'; readonly from: Uuid; readonly text: string }
  /** Wants these chunks, nearest first; answered one by one with `chunk`. Newer requests of the session replace older ones. */
  | {
      readonly type: 'chunks';
      readonly session: Uuid;
      readonly dimension: DimensionName;
      readonly wanted: readonly { readonly x: number; readonly z: number }[];
    }
  | { readonly type: 'complete'; readonly session: Uuid; readonly player: Uuid; readonly id: number; readonly text: string }
  | { readonly type: 'left'; readonly session: Uuid; readonly uuid: Uuid }
  /** Something a client did wrong, for the log and the counters. */
  | {
      readonly type: 'misbehaviour';
      readonly uuid: Uuid | null;
      readonly address: string;
      readonly code: ErrorCode;
      readonly facts: Facts;
    };

export interface Presence {
  readonly player: Uuid;
  readonly pose: Pose;
  readonly headYaw: number;
  readonly onGround: boolean;
  readonly sneaking: boolean;
  readonly sprinting: boolean;
  readonly swimming: boolean;
  readonly flying: boolean;
  /** Set in the presence in which the arm swings. */
  readonly swing: Hand | null;
}

/** What the node tells the gateway. Effects travel in the world's binary codec, as they stand in entries. */
export type ViewUpdate =
  | {
      readonly type: 'world';
      readonly name: string;
      readonly motd: string;
      readonly icon: Uint8Array | null;
      readonly council: CouncilView;
      readonly tick: number;
    }
  | {
      readonly type: 'admitted';
      readonly session: Uuid;
      readonly dimension: DimensionName;
      readonly player: Player;
      readonly players: readonly Player[];
      readonly entities: readonly Entity[];
      /** Of the dimension. */
      readonly tick: number;
    }
  | { readonly type: 'rejected'; readonly session: Uuid; readonly code: ErrorCode; readonly facts: Facts }
  /** Effects of one entry, shown when it is proposed. `final` follows when it is certified. */
  | {
      readonly type: 'effects';
      readonly dimension: DimensionName;
      readonly height: number;
      readonly tick: number;
      readonly effects: Uint8Array;
    }
  | { readonly type: 'final'; readonly dimension: DimensionName; readonly height: number }
  /** `chunk` in the canonical encoding with light; null when it can not be had. `entities` is the save's entity chunk NBT, if any. */
  | {
      readonly type: 'chunk';
      readonly session: Uuid;
      readonly dimension: DimensionName;
      readonly x: number;
      readonly z: number;
      readonly name: string;
      readonly chunk: Uint8Array | null;
      readonly entities: Uint8Array | null;
    }
  | { readonly type: 'presence'; readonly dimension: DimensionName; readonly presences: readonly Presence[] }
  /** Movement was refused: the client goes back to `pose`. */
  | { readonly type: 'correct'; readonly player: Uuid; readonly pose: Pose }
  | { readonly type: 'chat'; readonly from: Uuid; readonly name: string; readonly text: string }
  | { readonly type: 'notice'; readonly to: Uuid | null; readonly text: NoticeText }
  | {
      readonly type: 'completions';
      readonly session: Uuid;
      readonly id: number;
      readonly start: number;
      readonly length: number;
      readonly matches: readonly string[];
    }
  /** The command the client tried was refused before it was ordered (queue full, not admitted). */
  | { readonly type: 'refused'; readonly session: Uuid; readonly sequence: number; readonly code: ErrorCode; readonly facts: Facts }
  | { readonly type: 'kick'; readonly player: Uuid; readonly code: ErrorCode; readonly facts: Facts }
  | { readonly type: 'frozen'; readonly frozen: boolean };
