import type { ErrorCode, Facts } from '../../../../src-shared/errors/index.ts';
import type { GameTables } from '../../../core/world/index.ts';
import type { GatewayEvent, GatewayOptions, ViewUpdate } from '../door.ts';

/** What the thread starts with. */
export interface ThreadStart {
  readonly options: GatewayOptions;
  readonly tables: GameTables;
}

export type ToThread = { readonly type: 'show'; readonly update: ViewUpdate } | { readonly type: 'close' };

export type FromThread =
  | { readonly type: 'listening'; readonly host: string; readonly port: number }
  /** Could not listen. */
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly facts: Facts }
  | { readonly type: 'event'; readonly event: GatewayEvent };
