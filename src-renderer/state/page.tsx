import { createContext, use, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { Problem, Topic, TopicValue } from '../../src-shared/contract/index.ts';
import type { Result } from '../../src-shared/errors/index.ts';
import type { Bridge, Client } from '../bridge/index.ts';
import { createMirror, type Mirror, type MirrorStore } from './mirror.ts';
import { createUi, type Ui } from './ui.ts';

/** Everything a view needs: the way to the node, what the node says, what this page is up to. */
export interface Page {
  readonly bridge: Bridge;
  readonly mirror: MirrorStore;
  readonly ui: StoreApi<Ui>;
}

const PageContext = createContext<Page | null>(null);

export function createPage(bridge: Bridge): Page {
  return { bridge, mirror: createMirror(bridge), ui: createUi() };
}

export function PageProvider({ page, children }: { readonly page: Page; readonly children: ReactNode }): ReactNode {
  return <PageContext value={page}>{children}</PageContext>;
}

export function usePage(): Page {
  const page = use(PageContext);
  if (page === null) throw new Error('a view outside of its page');
  return page;
}

export function useMirror<T>(select: (mirror: Mirror) => T): T {
  return useStore(usePage().mirror.store, select);
}

export function useUi<T>(select: (ui: Ui) => T): T {
  return useStore(usePage().ui, select);
}

/** The newest value of a topic while the view is shown; null until the first arrives. */
export function useTopic<T extends Topic>(topic: T): TopicValue<T> | null {
  const { mirror } = usePage();
  useEffect(() => mirror.follow(topic), [mirror, topic]);
  return useStore(mirror.store, (state) => state[topic]) as TopicValue<T> | null;
}

export interface Request {
  readonly pending: boolean;
  readonly problem: Problem | null;
  readonly clear: () => void;
  /** Asks, and hands the answer to `then` if it is a yes. A no becomes `problem`. */
  readonly run: <T>(request: (client: Client) => Promise<T>, then?: (value: T) => void) => void;
}

/** One thing a view does at the node when someone presses a button: what to show meanwhile, and when it goes wrong. */
export function useRequest(): Request {
  const { bridge } = usePage();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const ask = async <T,>(request: (client: Client) => Promise<T>, then?: (value: T) => void): Promise<void> => {
    setPending(true);
    setProblem(null);
    const result = await bridge.ask(request);
    setPending(false);
    if (result.ok) then?.(result.value);
    else setProblem({ code: result.code, facts: result.facts });
  };
  return { pending, problem, clear: () => setProblem(null), run: (request, then) => void ask(request, then) };
}

export interface Answer<T> {
  /** Of the present key; null until it is there. */
  readonly value: T | null;
  readonly problem: Problem | null;
  readonly pending: boolean;
  readonly again: () => void;
}

/** Something a view wants to know: asked when `key` changes, when the line comes back, and on `again`. A null key asks nothing. */
export function useAnswer<T>(key: string | null, request: (client: Client) => Promise<T>): Answer<T> {
  const { bridge } = usePage();
  const open = useMirror((mirror) => mirror.line.state === 'open');
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<{ readonly key: string; readonly round: number; readonly result: Result<T> } | null>(null);
  const ask = useEffectEvent(() => bridge.ask(request));
  useEffect(() => {
    if (key === null || !open) return;
    let wanted = true;
    void (async () => {
      const result = await ask();
      if (wanted) setAnswer({ key, round, result });
    })();
    return () => {
      wanted = false;
    };
  }, [key, open, round]);
  const result = answer?.key === key ? answer.result : null;
  return {
    value: result?.ok === true ? result.value : null,
    problem: result?.ok === false ? { code: result.code, facts: result.facts } : null,
    pending: key !== null && (result === null || answer?.round !== round),
    again: () => setRound((value) => value + 1),
  };
}

/** The wall clock, again every `everyMillis`. */
export function useNow(everyMillis: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMillis);
    return () => clearInterval(timer);
  }, [everyMillis]);
  return now;
}
