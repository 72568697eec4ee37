import { Worker } from 'node:worker_threads';
import { AppError } from '../../../src-shared/errors/index.ts';
import type { GameTables } from '../../core/world/index.ts';
import type { Gateway, GatewayEvent, GatewayOptions } from './door.ts';
import type { FromThread, ThreadStart, ToThread } from './thread/messages.ts';

/**
 * Starts the Minecraft endpoint on a thread of its own, so that encoding, compression and keep-alives neither delay the caller's
 * thread nor wait for it. `onEvent` is called in order. Throws AppError('node.port-taken') when somebody else listens there,
 * AppError('world.too-new-to-play') for a version that we do not speak.
 */
export async function startGateway(
  options: GatewayOptions,
  kit: { readonly tables: GameTables },
  onEvent: (event: GatewayEvent) => void,
): Promise<Gateway> {
  const start: ThreadStart = { options, tables: kit.tables };
  const worker = new Worker(new URL('./thread/entry.ts', import.meta.url), { workerData: start, name: 'gateway' });
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  const failed = Promise.withResolvers<never>();
  // Whoever wants to know listens to `failed`; nobody listening is no crash.
  failed.promise.catch(() => undefined);
  worker.on('error', (cause) => failed.reject(new AppError('node.internal', { what: 'gateway thread' }, { cause })));
  const listening = Promise.withResolvers<{ readonly host: string; readonly port: number }>();
  worker.on('message', (message: FromThread) => {
    if (message.type === 'event') onEvent(message.event);
    else if (message.type === 'listening') listening.resolve(message);
    else if (message.type === 'refused') listening.reject(new AppError(message.code, message.facts));
  });
  const { host, port } = await Promise.race([listening.promise, failed.promise]);
  const post = (message: ToThread): void => worker.postMessage(message, []);
  return {
    host,
    port,
    failed: failed.promise,
    show: (update) => post({ type: 'show', update }),
    close: async () => {
      post({ type: 'close' });
      await exited;
    },
  };
}
