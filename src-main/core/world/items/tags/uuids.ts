/** A UUID as Minecraft's four big-endian ints, and back. Text with hyphens, lower case. */
export function intsToUuid(ints: Int32Array): string {
  const hex = Array.from(ints, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Null for anything but a hyphenated or bare UUID. */
export function uuidToInts(text: string): Int32Array | null {
  const bare = text.replaceAll('-', '');
  if (!/^[0-9a-fA-F]{32}$/.test(bare)) return null;
  return Int32Array.from([0, 8, 16, 24], (at) => Number.parseInt(bare.slice(at, at + 8), 16) | 0);
}
