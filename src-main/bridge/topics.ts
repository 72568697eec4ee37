import { BRIDGE_STREAMS_MAX, TOPIC_MILLIS_MIN } from '../../src-shared/config/index.ts';
import type { Revised, Topic, TopicValue } from '../../src-shared/contract/index.ts';
import type { NodeApi } from '../node/index.ts';
import { refused } from './refused.ts';

/** One page's connection, as far as the handlers care. */
export interface Connection {
  streams: number;
}

/** The newest value of a topic whenever the reader is ready for one. Holds one value, however slow the reader is. */
export async function* follow<T extends Topic>(
  api: NodeApi,
  topic: T,
  connection: Connection,
  signal: AbortSignal | undefined,
): AsyncGenerator<Revised<TopicValue<T>>, void, void> {
  if (connection.streams >= BRIDGE_STREAMS_MAX) throw refused({ code: 'bridge.rate-limited', facts: {} });
  const mailbox = openMailbox<Revised<TopicValue<T>>>(signal);
  connection.streams += 1;
  const end = api.subscribe(topic, (value) => mailbox.put(value));
  try {
    for (;;) {
      const value = await mailbox.take();
      if (value === null) return;
      yield value;
      await pause(TOPIC_MILLIS_MIN, signal);
    }
  } finally {
    end();
    connection.streams -= 1;
  }
}

interface Mailbox<V> {
  put(value: V): void;
  /** null once the signal has aborted. */
  take(): Promise<V | null>;
}

function openMailbox<V>(signal: AbortSignal | undefined): Mailbox<V> {
  let newest: V | null = null;
  let wake = (): void => {};
  signal?.addEventListener('abort', () => wake(), { once: true });
  return {
    put(value) {
      newest = value;
      wake();
    },
    async take() {
      if (newest === null && signal?.aborted !== true)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const value = signal?.aborted === true ? null : newest;
      newest = null;
      return value;
    },
  };
}

function pause(millis: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, millis);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
