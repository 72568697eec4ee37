import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { clearTimeout, setTimeout } from 'node:timers';
import { parentPort, workerData } from 'node:worker_threads';
import type { Clock } from '../../../ports/index.ts';
import { runGatewayThread } from './index.ts';
import type { ThreadStart } from './messages.ts';

/** A thread is a little process of its own: no port can be handed in from outside, so its entry makes them, as io/platform does. */
const clock: Clock = {
  now: () => performance.now(),
  wall: () => performance.timeOrigin + performance.now(),
  after: (millis, action) => {
    const timer = setTimeout(action, millis);
    return () => clearTimeout(timer);
  },
};

if (parentPort !== null) {
  await runGatewayThread(parentPort, workerData as ThreadStart, clock, { bytes: (length) => new Uint8Array(randomBytes(length)) });
}
