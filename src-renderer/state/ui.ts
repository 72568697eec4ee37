import { createStore, type StoreApi } from 'zustand';
import { formatRoute, parseRoute, type Route } from './route.ts';

export type Theme = 'system' | 'light' | 'dark';

/** What belongs to this page alone: where it is, how it looks, what it says in passing. */
export interface Ui {
  readonly route: Route;
  readonly theme: Theme;
  /** null: as the browser prefers. */
  readonly language: string | null;
  readonly toasts: readonly { readonly id: number; readonly text: string }[];
  readonly go: (route: Route) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setLanguage: (language: string) => void;
  readonly toast: (text: string) => void;
  readonly closeToast: (id: number) => void;
}

const TOASTS_MAX = 3;

export function createUi(): StoreApi<Ui> {
  let toastCount = 0;
  const store = createStore<Ui>((set) => ({
    route: parseRoute(location.hash),
    theme: readTheme(),
    language: localStorage.getItem('peerhold.language'),
    toasts: [],
    go(route) {
      location.hash = formatRoute(route);
      set({ route });
    },
    setTheme(theme) {
      localStorage.setItem('peerhold.theme', theme);
      document.documentElement.dataset['theme'] = theme;
      set({ theme });
    },
    setLanguage(language) {
      localStorage.setItem('peerhold.language', language);
      set({ language });
    },
    toast(text) {
      toastCount += 1;
      const id = toastCount;
      set(({ toasts }) => ({ toasts: [...toasts, { id, text }].slice(-TOASTS_MAX) }));
    },
    closeToast: (id) => set(({ toasts }) => ({ toasts: toasts.filter((item) => item.id !== id) })),
  }));
  window.addEventListener('hashchange', () => store.setState({ route: parseRoute(location.hash) }));
  return store;
}

function readTheme(): Theme {
  const stored = localStorage.getItem('peerhold.theme');
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
