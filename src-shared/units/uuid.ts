/** A UUID in lower-case hyphenated form: 8-4-4-4-12 hexadecimal digits. */
export type Uuid = string & { readonly __uuid: never };

/** Accepts bare and hyphenated forms in either case; null for anything else. */
export function parseUuid(text: string): Uuid | null {
  const bare = text.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(bare)) return null;
  if (text.includes('-') && !/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(text)) return null;
  return `${bare.slice(0, 8)}-${bare.slice(8, 12)}-${bare.slice(12, 16)}-${bare.slice(16, 20)}-${bare.slice(20)}` as Uuid;
}
