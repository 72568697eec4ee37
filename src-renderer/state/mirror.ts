import { createStore, type StoreApi } from 'zustand';
import type { FoundSave, Problem, Topic, TopicValue } from '../../src-shared/contract/index.ts';
import type { Bridge, LineState } from '../bridge/index.ts';

/** What the node says, as last heard. Only the mirror writes here; null = not heard yet. */
export type Mirror = { readonly [T in Topic]: TopicValue<T> | null } & {
  readonly line: LineState;
  readonly saves: readonly FoundSave[] | null;
  readonly savesProblem: Problem | null;
  readonly lookingForSaves: boolean;
};

export interface MirrorStore {
  readonly store: StoreApi<Mirror>;
  /** Keeps a topic up to date while at least one caller wants it. */
  follow(topic: Topic): () => void;
  lookForSaves(): Promise<void>;
}

export function createMirror(bridge: Bridge): MirrorStore {
  const store = createStore<Mirror>(() => ({
    worlds: null,
    jobs: null,
    status: null,
    players: null,
    log: null,
    line: { state: 'connecting' },
    saves: null,
    savesProblem: null,
    lookingForSaves: false,
  }));
  const wanted = new Map<Topic, { count: number; readonly end: () => void }>();
  bridge.onState((line) => store.setState({ line }));
  return {
    store,
    follow(topic) {
      const entry = wanted.get(topic) ?? { count: 0, end: bridge.follow(topic, (value) => store.setState({ [topic]: value })) };
      entry.count += 1;
      wanted.set(topic, entry);
      return () => {
        entry.count -= 1;
        if (entry.count > 0) return;
        wanted.delete(topic);
        entry.end();
      };
    },
    async lookForSaves() {
      if (store.getState().lookingForSaves) return;
      store.setState({ lookingForSaves: true, savesProblem: null });
      const found = await bridge.ask((client) => client.worlds.found());
      store.setState({
        lookingForSaves: false,
        ...(found.ok ? { saves: found.value } : { savesProblem: { code: found.code, facts: found.facts } }),
      });
    },
  };
}
