import { LEAVE_MILLIS_MAX, NODE_RESTARTS_PER_MINUTE_MAX } from '../../src-shared/config/index.ts';
import { nodeMessage, type NodeMessage, type ShellMessage } from '../../src-shared/contract/index.ts';
import type { ElectronApi, NodeChild, Port } from './electron.ts';

export interface NodeProcessOptions {
  /** What is forked: the command line's built entry. */
  readonly entry: string;
  readonly now: () => number;
  readonly onPlaying: (playing: { readonly world: string | null; readonly players: number }) => void;
}

type Child =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly process: NodeChild }
  | { readonly state: 'leaving'; readonly process: NodeChild }
  | { readonly state: 'left' };

/**
 * The node in a process of its own, so that a disk sync never stalls a window. Started again when it dies, a few times a minute; ports
 * that windows ask for meanwhile go to the next one.
 */
export class NodeProcess {
  readonly #electron: ElectronApi;
  readonly #options: NodeProcessOptions;
  #child: Child = { state: 'none' };
  #waiting: Port[] = [];
  #starts: number[] = [];
  #left = (): void => {};

  constructor(electron: ElectronApi, options: NodeProcessOptions) {
    this.#electron = electron;
    this.#options = options;
  }

  start(): void {
    if (this.#child.state !== 'none') return;
    const now = this.#options.now();
    this.#starts = [...this.#starts.filter((at) => now - at < 60_000), now];
    if (this.#starts.length > NODE_RESTARTS_PER_MINUTE_MAX) return;
    const child = this.#electron.utilityProcess.fork(this.#options.entry, ['node', '--ui', 'off', '--json'], {
      serviceName: 'Peerhold node',
      stdio: 'inherit',
    });
    this.#child = { state: 'running', process: child };
    child.on('message', (message) => this.#onMessage(child, message));
    child.on('exit', () => this.#onExit());
    for (const port of this.#waiting.splice(0)) this.#send(child, { type: 'port' }, [port]);
  }

  /** Gives one end of a window's channel to the node. A dead node is started for it. */
  connect(port: Port): void {
    if (this.#child.state === 'running') {
      this.#send(this.#child.process, { type: 'port' }, [port]);
      return;
    }
    this.#waiting.push(port);
    this.start();
  }

  /** Hands over, then ends. Resolves when the process is gone, at the latest after `LEAVE_MILLIS_MAX`. */
  leave(): Promise<void> {
    const child = this.#child;
    if (child.state === 'none' || child.state === 'left') {
      this.#child = { state: 'left' };
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const before = this.#left;
      this.#left = () => {
        before();
        resolve();
      };
      if (child.state === 'leaving') return;
      this.#child = { state: 'leaving', process: child.process };
      this.#send(child.process, { type: 'leave' });
      setTimeout(() => {
        child.process.kill();
        this.#onExit();
      }, LEAVE_MILLIS_MAX).unref();
    });
  }

  #send(child: NodeChild, message: ShellMessage, transfer: Port[] = []): void {
    child.postMessage(message, transfer);
  }

  #onMessage(child: NodeChild, message: unknown): void {
    const parsed = nodeMessage.safeParse(message);
    if (!parsed.success) return;
    const said: NodeMessage = parsed.data;
    if (said.type === 'playing') this.#options.onPlaying(said);
    if (said.type === 'left') child.kill();
  }

  #onExit(): void {
    const { state } = this.#child;
    if (state === 'left') return;
    if (state === 'leaving') {
      this.#child = { state: 'left' };
      this.#left();
      return;
    }
    this.#child = { state: 'none' };
    this.start();
  }
}
