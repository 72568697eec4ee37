import { nbt, type Nbt, type NbtType } from '../../../../../src-shared/nbt/index.ts';
import { NBT_DEPTH_MAX } from '../../../../../src-shared/config/index.ts';

/** NBT as text, as commands write it ({Count:1b,Tags:["a"]}). Null for anything that is not exactly that. Source: https://minecraft.wiki/w/NBT_format#SNBT_format */
export function parseSnbt(text: string): Nbt | null {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.space();
  return value !== null && reader.isAtEnd() ? value : null;
}

/** "name=value,..." as the components of an item. Null when it is not that, or a name comes twice. */
export function parseAssignments(text: string): ReadonlyMap<string, Nbt> | null {
  const reader = new Reader(text);
  const entries = reader.entries('=', 0);
  reader.space();
  return entries !== null && reader.isAtEnd() ? entries : null;
}

const INTEGER = /^[+-]?(?:0|[1-9]\d*)([bslBSL]?)$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?([dfDF]?)$/;
const BARE = /[A-Za-z0-9_.+-]/;
/** Names of components have a colon. */
const KEY = /[A-Za-z0-9_.+:/-]/;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  value(depth: number): Nbt | null {
    if (depth > NBT_DEPTH_MAX) return null;
    this.space();
    const first = this.#text[this.#at];
    if (first === '{') return this.#compound(depth);
    if (first === '[') return this.#list(depth);
    if (first === '"' || first === "'") {
      const quoted = this.#quoted();
      return quoted === null ? null : nbt.text(quoted);
    }
    const word = this.#bare(BARE);
    return word === '' ? null : wordValue(word);
  }

  #take(character: string): boolean {
    this.space();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #compound(depth: number): Nbt | null {
    this.#at += 1;
    if (this.#take('}')) return { type: 'compound', value: new Map() };
    const entries = this.entries(':', depth + 1);
    return entries !== null && this.#take('}') ? { type: 'compound', value: entries } : null;
  }

  /** At least one name and value, with commas between them. */
  entries(separator: ':' | '=', depth: number): Map<string, Nbt> | null {
    const entries = new Map<string, Nbt>();
    do {
      this.space();
      const quote = this.#text[this.#at];
      const name = quote === '"' || quote === "'" ? this.#quoted() : this.#bare(separator === '=' ? KEY : BARE);
      if (name === null || name === '' || entries.has(name) || !this.#take(separator)) return null;
      const value = this.value(depth);
      if (value === null) return null;
      entries.set(name, value);
    } while (this.#take(','));
    return entries;
  }

  #list(depth: number): Nbt | null {
    this.#at += 1;
    const array = /^([BIL]);/.exec(this.#text.slice(this.#at))?.[1];
    if (array !== undefined) this.#at += 2;
    const entries: Nbt[] = [];
    if (!this.#take(']')) {
      do {
        const value = this.value(depth + 1);
        if (value === null) return null;
        entries.push(value);
      } while (this.#take(','));
      if (!this.#take(']')) return null;
    }
    return array === undefined ? listOf(entries) : arrayOf(array, entries);
  }

  #quoted(): string | null {
    const quote = this.#text[this.#at];
    let out = '';
    for (this.#at += 1; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at]!;
      if (character === quote) {
        this.#at += 1;
        return out;
      }
      if (character !== '\\') out += character;
      else {
        const escaped = this.#text[this.#at + 1];
        if (escaped !== quote && escaped !== '\\') return null;
        out += escaped;
        this.#at += 1;
      }
    }
    return null;
  }

  #bare(characters: RegExp): string {
    const start = this.#at;
    while (characters.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }
}

function wordValue(word: string): Nbt {
  if (word === 'true' || word === 'false') return nbt.byte(word === 'true' ? 1 : 0);
  const integer = INTEGER.exec(word);
  if (integer !== null) return integerValue(word, integer[1]!.toLowerCase());
  const decimal = DECIMAL.exec(word);
  if (decimal === null) return nbt.text(word);
  const value = Number.parseFloat(word);
  return decimal[1]!.toLowerCase() === 'f' ? nbt.float(Math.fround(value)) : nbt.double(value);
}

const RANGES: Readonly<Record<string, number>> = { b: 2 ** 7, s: 2 ** 15, '': 2 ** 31 };

/** A number that does not fit its suffix is text, as in vanilla. */
function integerValue(word: string, suffix: string): Nbt {
  const digits = suffix === '' ? word : word.slice(0, -1);
  if (suffix === 'l') {
    const value = BigInt(digits.replace('+', ''));
    return BigInt.asIntN(64, value) === value ? nbt.long(value) : nbt.text(word);
  }
  const value = Number(digits);
  const range = RANGES[suffix]!;
  if (value < -range || value >= range) return nbt.text(word);
  return suffix === 'b' ? nbt.byte(value) : suffix === 's' ? nbt.short(value) : nbt.int(value);
}

function listOf(entries: readonly Nbt[]): Nbt | null {
  const of: NbtType = entries[0]?.type ?? 'end';
  return entries.every((entry) => entry.type === of) ? nbt.list(of, entries) : null;
}

function arrayOf(kind: string, entries: readonly Nbt[]): Nbt | null {
  if (kind === 'L') {
    if (!entries.every((entry) => entry.type === 'long')) return null;
    return nbt.longArray(BigInt64Array.from(entries, (entry) => entry.value));
  }
  const of = kind === 'B' ? 'byte' : 'int';
  if (!entries.every((entry) => entry.type === of)) return null;
  const values = entries.map((entry) => entry.value as number);
  return kind === 'B' ? { type: 'byteArray', value: Int8Array.from(values) } : nbt.intArray(Int32Array.from(values));
}
