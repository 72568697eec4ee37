import type { Nbt } from '../../../../src-shared/nbt/index.ts';

/** What a stack remembers of the save that it came from, for writing back; never part of what the item is. */
export const OLD_TAG = 'peerhold:tag';
/** Data version in which `OLD_TAG` was written. */
export const OLD_TAG_VERSION = 'peerhold:from';
/** Tags beside id, count and tag in the source. */
export const OLD_REST = 'peerhold:rest';
/** In an old tag: components that the old form can not say. */
export const NEW_COMPONENTS = 'peerhold:components';

export function isPrivateTag(name: string): boolean {
  return name.startsWith('peerhold:');
}

/** A deep copy without the keys that only Peerhold knows; the same value when there are none. For export and for clients. */
export function withoutPrivateTags<T extends Nbt>(value: T): T;
export function withoutPrivateTags(value: Nbt): Nbt {
  if (value.type === 'list') {
    const entries = value.value.map((entry) => withoutPrivateTags(entry));
    return entries.some((entry, index) => entry !== value.value[index]) ? { ...value, value: entries } : value;
  }
  if (value.type !== 'compound') return value;
  let changed = false;
  const entries = new Map<string, Nbt>();
  for (const [name, entry] of value.value) {
    if (isPrivateTag(name)) changed = true;
    else {
      const clean = withoutPrivateTags(entry);
      if (clean !== entry) changed = true;
      entries.set(name, clean);
    }
  }
  return changed ? { type: 'compound', value: entries } : value;
}
