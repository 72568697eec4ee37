import type { Identity } from '../io/platform/index.ts';
import type { Clock, Crypto, Jobs, Random } from '../ports/index.ts';
import type { Rules, WorldKit } from '../core/world/index.ts';
import type { NodeLog } from './nodeLog.ts';

/** What the parts of a node share, built once by `build.ts`. */
export interface NodeKit {
  readonly dataFolder: string;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  readonly jobs: Jobs;
  readonly log: NodeLog;
  readonly world: WorldKit;
  readonly rules: Rules;
}
