import type { Random } from '../../src-main/ports/index.ts';

/** A Random whose bytes follow from its seed, and the dice that tests roll. Same seed, same sequence, on every machine. */
export interface SeededRandom extends Random {
  /** In [0, 1). */
  fraction(): number;
  /** In [0, below). */
  integer(below: number): number;
  /** In [from, to], both included. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
  /** An independent generator, named so that drawing more from one does not change what the others give. */
  fork(name: string): SeededRandom;
}

export function seededRandom(seed: number | string): SeededRandom {
  const next = sfc32(hash128(String(seed)));
  const fraction = (): number => next() / 2 ** 32;
  const integer = (below: number): number => Math.floor(((next() >>> 5) * 2 ** 26 + (next() >>> 6)) * 2 ** -53 * below);
  const random: SeededRandom = {
    bytes: (length) => Uint8Array.from({ length }, () => next() & 255),
    fraction,
    integer,
    between: (from, to) => from + integer(to - from + 1),
    chance: (probability) => fraction() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[integer(list.length)]!;
    },
    shuffle: (list) => {
      const out = [...list];
      for (let i = out.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [out[i], out[j]] = [out[j]!, out[i]!];
      }
      return out;
    },
    fork: (name) => seededRandom(`${seed}/${name}`),
  };
  return random;
}

/** Chris Doty-Humphrey's sfc32 (PractRand): 32 bits a call. */
function sfc32(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, counter] = state;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** FNV-1a over the text with four offsets: only spreads seeds, protects nothing. */
function hash128(text: string): readonly [number, number, number, number] {
  const one = (offset: number): number => {
    let hash = offset;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  };
  return [one(0x811c9dc5), one(0x9e3779b9), one(0x243f6a88), one(0xb7e15162)];
}
