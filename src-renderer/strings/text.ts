import type { text } from './text.en.ts';

/** English sets which sentences there are and what goes into them; every language has exactly these. */
export type Text = Widened<typeof text>;

type Widened<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : T extends (...values: infer V) => string[]
      ? (...values: V) => readonly string[]
      : { readonly [K in keyof T]: Widened<T[K]> };
