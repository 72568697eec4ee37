import type { Revised, Topic, TopicValue } from '../../src-shared/contract/index.ts';
import { refusalOf, refuse, type ErrorCode, type Result } from '../../src-shared/errors/index.ts';
import type { Client, Line, OpenLine } from './line.ts';

export type LineState =
  | { readonly state: 'connecting' }
  | { readonly state: 'open' }
  /** Tries again by itself. */
  | { readonly state: 'lost' }
  /** Ended by the node for a reason that trying again does not change. */
  | { readonly state: 'refused'; readonly code: ErrorCode };

/** The page's way to the node: asks over the present line, follows topics over all lines to come. */
export interface Bridge {
  ask<T>(request: (client: Client) => Promise<T>): Promise<Result<T>>;
  follow<T extends Topic>(topic: T, listener: (value: TopicValue<T>) => void): () => void;
  /** Called with the present state, then with every change. */
  onState(listener: (state: LineState) => void): void;
  /** Connects now instead of later. */
  retry(): void;
}

interface Follower {
  readonly topic: Topic;
  readonly listener: (value: never) => void;
  stop: () => void;
}

const RETRY_MILLIS = [250, 500, 1000, 2000, 4000] as const;

export function createBridge(openLine: OpenLine): Bridge {
  const bridge = new LiveBridge(openLine);
  void bridge.connect();
  return bridge;
}

class LiveBridge implements Bridge {
  readonly #openLine: OpenLine;
  readonly #followers = new Set<Follower>();
  readonly #stateListeners = new Set<(state: LineState) => void>();
  #state: LineState = { state: 'connecting' };
  #line: Line | null = null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(openLine: OpenLine) {
    this.#openLine = openLine;
  }

  async connect(): Promise<void> {
    clearTimeout(this.#timer);
    const line = await this.#openLine().catch(() => null);
    if (line === null) {
      this.#retryLater();
      return;
    }
    this.#line = line;
    for (const follower of this.#followers) void this.#carry(line, follower);
    const code = await line.closed;
    this.#line = null;
    if (code === 'bridge.connection-lost') this.#retryLater();
    else this.#setState({ state: 'refused', code });
  }

  async ask<T>(request: (client: Client) => Promise<T>): Promise<Result<T>> {
    if (this.#line === null) return refuse('bridge.connection-lost');
    try {
      return { ok: true, value: await request(this.#line.client) };
    } catch (error) {
      return refusalOf(error) ?? refuse('bridge.connection-lost');
    }
  }

  follow<T extends Topic>(topic: T, listener: (value: TopicValue<T>) => void): () => void {
    const follower: Follower = { topic, listener, stop: () => {} };
    this.#followers.add(follower);
    if (this.#line !== null) void this.#carry(this.#line, follower);
    return () => {
      this.#followers.delete(follower);
      follower.stop();
    };
  }

  onState(listener: (state: LineState) => void): void {
    this.#stateListeners.add(listener);
    listener(this.#state);
  }

  retry(): void {
    if (this.#line !== null || this.#state.state === 'connecting') return;
    this.#failures = 0;
    this.#setState({ state: 'connecting' });
    void this.connect();
  }

  /** One topic over one line. The first value that arrives proves that the key was right. */
  async #carry(line: Line, follower: Follower): Promise<void> {
    const wish = new AbortController();
    follower.stop = () => wish.abort();
    try {
      const stream = (await line.client.topics[follower.topic](undefined, { signal: wish.signal })) as AsyncIterable<Revised<never>>;
      for await (const { value } of stream) {
        if (!this.#followers.has(follower)) return;
        if (this.#line === line && this.#state.state !== 'open') {
          this.#failures = 0;
          this.#setState({ state: 'open' });
        }
        follower.listener(value);
      }
    } catch {
      // Stopped, or the line has ended and `closed` says why.
    }
  }

  #setState(state: LineState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }

  #retryLater(): void {
    if (this.#state.state !== 'lost') this.#setState({ state: 'lost' });
    this.#timer = setTimeout(() => void this.connect(), RETRY_MILLIS[Math.min(this.#failures, RETRY_MILLIS.length - 1)]);
    this.#failures += 1;
  }
}
