import { shellMessage, type NodeMessage } from '../../src-shared/contract/index.ts';
import type { NodeApi } from '../node/index.ts';
import { servePort, type BridgePort } from './port.ts';
import type { Notice } from './router.ts';

/** The line of an Electron utility process to the shell that started it (`process.parentPort`). */
export interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly BridgePort[] }) => void): unknown;
  postMessage(message: NodeMessage): void;
}

export interface ParentOptions {
  readonly api: NodeApi;
  /** Hands over and closes the node. */
  readonly leave: () => Promise<void>;
  readonly notice?: Notice;
}

/** The shell's line when this process is the desktop's node, else null. */
export function parentPort(): ParentPort | null {
  return (process as { readonly parentPort?: ParentPort }).parentPort ?? null;
}

/** Serves the windows whose ports the shell sends, tells the tray who plays, leaves when the shell asks. */
export function serveParent(port: ParentPort, { api, leave, notice = () => {} }: ParentOptions): void {
  let world: string | null = null;
  let players = 0;
  const tell = (): void => port.postMessage({ type: 'playing', world, players });
  const ends = [
    api.subscribe('worlds', ({ value }) => {
      const running = value.find((item) => item.state === 'running')?.name ?? null;
      if (running === world) return;
      world = running;
      tell();
    }),
    api.subscribe('players', ({ value }) => {
      if (value.length === players) return;
      players = value.length;
      tell();
    }),
  ];
  port.on('message', ({ data, ports }) => {
    const said = shellMessage.safeParse(data);
    if (!said.success) {
      notice('bridge.strange-shell-message', {});
      return;
    }
    if (said.data.type === 'port') {
      const [window] = ports;
      if (window !== undefined) servePort(window, api, notice);
      return;
    }
    for (const end of ends.splice(0)) end();
    void leaveAndSay(port, leave, notice);
  });
  port.postMessage({ type: 'ready' });
}

async function leaveAndSay(port: ParentPort, leave: () => Promise<void>, notice: Notice): Promise<void> {
  try {
    await leave();
  } catch (error) {
    notice('bridge.leave-failed', { error });
  }
  port.postMessage({ type: 'left' });
}
