import type { Revised, Topic, TopicValue } from '../../src-shared/contract/index.ts';

type Listener<T extends Topic> = (revised: Revised<TopicValue<T>>) => void;

interface Held<T extends Topic> {
  revision: number;
  value: TopicValue<T>;
  readonly listeners: Set<Listener<T>>;
}

/** The whole values that interfaces follow, each with a revision that grows with every change. */
export interface Topics {
  publish<T extends Topic>(topic: T, value: TopicValue<T>): void;
  subscribe<T extends Topic>(topic: T, listener: Listener<T>): () => void;
  watched(topic: Topic): boolean;
}

export function createTopics(initial: { readonly [T in Topic]: TopicValue<T> }): Topics {
  const hold = <T extends Topic>(value: TopicValue<T>): Held<T> => ({ revision: 1, value, listeners: new Set() });
  const held: { readonly [T in Topic]: Held<T> } = {
    worlds: hold<'worlds'>(initial.worlds),
    jobs: hold<'jobs'>(initial.jobs),
    status: hold<'status'>(initial.status),
    players: hold<'players'>(initial.players),
    log: hold<'log'>(initial.log),
  };
  return {
    publish(topic, value) {
      const entry = held[topic];
      entry.revision += 1;
      entry.value = value;
      for (const listener of entry.listeners) listener({ revision: entry.revision, value });
    },
    subscribe(topic, listener) {
      const entry = held[topic];
      entry.listeners.add(listener);
      listener({ revision: entry.revision, value: entry.value });
      return () => entry.listeners.delete(listener);
    },
    watched: (topic) => held[topic].listeners.size > 0,
  };
}
