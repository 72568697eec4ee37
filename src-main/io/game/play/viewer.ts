import type { ChunkKey, ChunkPos, Pose, Uuid } from '../../../../src-shared/units/index.ts';
import type { BodyKey } from '../entities/body.ts';
import type { Connection } from '../wire/connection.ts';

/** A client that looks at a dimension. */
export interface Viewer {
  readonly connection: Connection;
  readonly uuid: Uuid;
  /** The viewer's own body is never sent to it. */
  readonly ownKey: BodyKey;
  readonly pose: Pose;
  /** Whether its items come back from the client as the truth (creative mode). */
  readonly echoesItems: boolean;
  /** Whether the client has this chunk: what stands in it is drawn. */
  sees(chunk: ChunkKey): boolean;
  /** Whether the client should have this chunk. */
  wants(chunk: ChunkKey): boolean;
  /** The dimension's view holds the chunk now. */
  arrived(chunk: ChunkPos): void;
  /** Effects were shown: what the client shows of its own items may have changed. */
  sync(): void;
}
