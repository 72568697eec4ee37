import type { Nbt } from '../../../../src-shared/nbt/index.ts';
import { isPrivateTag } from './privateTags.ts';

/**
 * Equality of values as Minecraft has it: types matter, the order of a compound's tags does not; two empty lists are equal. What Peerhold
 * remembers beside the data (`isPrivateTag`) does not count.
 */
export function sameNbt(a: Nbt, b: Nbt): boolean {
  if (a === b) return true;
  if (a.type === 'compound') {
    if (b.type !== 'compound') return false;
    let tags = 0;
    for (const [name, value] of a.value) {
      if (isPrivateTag(name)) continue;
      tags += 1;
      const other = b.value.get(name);
      if (other === undefined || !sameNbt(value, other)) return false;
    }
    for (const name of b.value.keys()) if (!isPrivateTag(name)) tags -= 1;
    return tags === 0;
  }
  if (a.type === 'list') {
    if (b.type !== 'list' || a.value.length !== b.value.length) return false;
    return a.value.every((value, index) => sameNbt(value, b.value[index]!));
  }
  if (a.type !== b.type) return false;
  if (typeof a.value === 'object') {
    const other = b.value as typeof a.value;
    return a.value.length === other.length && a.value.every((value, index) => value === other[index]);
  }
  return Object.is(a.value, b.value);
}
