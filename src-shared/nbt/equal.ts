import type { Nbt } from './model.ts';

/**
 * Equality tag by tag: types, values, element types of lists (of empty ones too); the order of a compound's tags does not count, as in
 * vanilla. NaN equals NaN; 0 differs from -0.
 */
export function equalNbt(a: Nbt, b: Nbt): boolean {
  return differenceNbt(a, b) === null;
}

/** Path of the first difference ("Level.Sections[3].Palette"), '' for the values themselves; null when there is none. */
export function differenceNbt(a: Nbt, b: Nbt): string | null {
  if (a === b) return null;
  if (a.type === 'compound') return b.type === 'compound' ? differenceOfCompounds(a.value, b.value) : '';
  if (a.type === 'list') return b.type === 'list' && a.of === b.of ? differenceOfLists(a.value, b.value) : '';
  if (a.type !== b.type) return '';
  if (typeof a.value !== 'object') return Object.is(a.value, b.value) ? null : '';
  const other = b.value as typeof a.value;
  if (a.value.length !== other.length) return '';
  for (let i = 0; i < other.length; i++) if (a.value[i] !== other[i]) return `[${i}]`;
  return null;
}

function differenceOfCompounds(a: ReadonlyMap<string, Nbt>, b: ReadonlyMap<string, Nbt>): string | null {
  for (const [name, value] of a) {
    const other = b.get(name);
    const found = other === undefined ? '' : differenceNbt(value, other);
    if (found !== null) return joined(name, found);
  }
  for (const name of b.keys()) if (!a.has(name)) return name;
  return null;
}

function differenceOfLists(a: readonly Nbt[], b: readonly Nbt[]): string | null {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const found = differenceNbt(a[i]!, b[i]!);
    if (found !== null) return joined(`[${i}]`, found);
  }
  return a.length === b.length ? null : `[${Math.min(a.length, b.length)}]`;
}

function joined(name: string, rest: string): string {
  return rest === '' || rest.startsWith('[') ? `${name}${rest}` : `${name}.${rest}`;
}
