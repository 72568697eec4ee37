import { NAME_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import { ERROR_CODES, type ErrorCode, type Facts } from '../../../../src-shared/errors/index.ts';
import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';
import {
  fromHex,
  parseUuid,
  toHex,
  toUtf8,
  type BlockPos,
  type ChunkPos,
  type Hash,
  type Pose,
  type Uuid,
} from '../../../../src-shared/units/index.ts';
import { ByteReader, ByteWriter } from '../../../../src-shared/wire/index.ts';
import type { StateId } from '../model/chunk.ts';
import type { BlockStates } from '../model/states.ts';
import { putNbt, takeNbt } from './nbt.ts';

/** Both directions of one type in one value, so that they can not drift apart. One encoding per value. */
export interface Shape<T> {
  write(to: MessageWriter, value: T): void;
  read(from: MessageReader): T;
}

const UUID_BYTES = 16;

/**
 * Names and positions of one message. A name is written where it first appears and by number afterwards; a position as its distance
 * from the one before.
 */
export class MessageWriter extends ByteWriter {
  readonly states: BlockStates;
  last: BlockPos = { x: 0, y: 0, z: 0 };
  readonly #names = new Map<string, number>();

  constructor(states: BlockStates) {
    super();
    this.states = states;
  }

  name(name: string): void {
    const known = this.#names.get(name);
    this.varint(known ?? this.#names.size);
    if (known !== undefined) return;
    this.#names.set(name, this.#names.size);
    this.text(name);
  }
}

export class MessageReader extends ByteReader {
  readonly states: BlockStates;
  last: BlockPos = { x: 0, y: 0, z: 0 };
  readonly #names: string[] = [];
  readonly #known = new Set<string>();

  constructor(bytes: Uint8Array, states: BlockStates) {
    super(bytes);
    this.states = states;
  }

  name(): string {
    const index = this.varint(this.#names.length);
    const known = this.#names[index];
    if (known !== undefined) return known;
    const name = this.text(NAME_BYTES_MAX);
    if (this.#known.has(name)) this.fail(`the name ${name} a second time`);
    this.#known.add(name);
    this.#names.push(name);
    return name;
  }
}

export const bool: Shape<boolean> = { write: (to, value) => to.bool(value), read: (from) => from.bool() };
export const count: Shape<number> = { write: (to, value) => to.varint(value), read: (from) => from.varint() };
export const integer: Shape<number> = { write: (to, value) => to.zigzag(value), read: (from) => from.zigzag() };
export const real: Shape<number> = { write: (to, value) => to.f64(value), read: (from) => from.f64() };
export const big: Shape<bigint> = { write: (to, value) => to.u64(value), read: (from) => from.u64() };
/** A word that messages repeat: items, kinds, sounds. */
export const name: Shape<string> = { write: (to, value) => to.name(value), read: (from) => from.name() };
/** By name, so that a block that only some versions know travels too. */
export const state: Shape<StateId> = {
  write: (to, value) => to.name(to.states.nameOf(value)),
  read: (from) => from.states.idOf(from.name()),
};
export const compound: Shape<NbtCompound> = { write: putNbt, read: takeNbt };

export const uuid: Shape<Uuid> = {
  write: (to, value) => to.raw(fromHex(value.replaceAll('-', ''))),
  read: (from) => parseUuid(toHex(from.view(UUID_BYTES)))!,
};

export const hash: Shape<Hash> = { write: (to, value) => to.hash(value), read: (from) => from.hash() };

export const pos: Shape<BlockPos> = {
  write(to, value) {
    if ((value.x | 0) !== value.x || (value.y | 0) !== value.y || (value.z | 0) !== value.z)
      throw new RangeError(`${value.x} ${value.y} ${value.z} is no position of a block`);
    to.zigzag(value.x - to.last.x);
    to.zigzag(value.y - to.last.y);
    to.zigzag(value.z - to.last.z);
    to.last = value;
  },
  read(from) {
    const { x, y, z } = from.last;
    const value = { x: inRange(from, x + from.zigzag()), y: inRange(from, y + from.zigzag()), z: inRange(from, z + from.zigzag()) };
    from.last = value;
    return value;
  },
};

export const chunkPos: Shape<ChunkPos> = {
  write(to, { x, z }) {
    to.zigzag(x);
    to.zigzag(z);
  },
  read: (from) => ({ x: from.zigzag(), z: from.zigzag() }),
};

export function text(bytesMax: number): Shape<string> {
  return {
    write(to, value) {
      const bytes = toUtf8(value);
      if (bytes.length > bytesMax) throw new RangeError(`a text of ${bytes.length} bytes, at most ${bytesMax}`);
      to.bytes(bytes);
    },
    read: (from) => from.text(bytesMax),
  };
}

/** A whole number from `min` to `max`. */
export function between(min: number, max: number): Shape<number> {
  return {
    write(to, value) {
      if (value < min || value > max) throw new RangeError(`${value} is not from ${min} to ${max}`);
      to.varint(value - min);
    },
    read: (from) => min + from.varint(max - min),
  };
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return {
    write(to, value) {
      to.bool(value !== null);
      if (value !== null) shape.write(to, value);
    },
    read: (from) => (from.bool() ? shape.read(from) : null),
  };
}

export function list<T>(shape: Shape<T>, max: number): Shape<readonly T[]> {
  return {
    write(to, value) {
      if (value.length > max) throw new RangeError(`${value.length} in a list of at most ${max}`);
      to.varint(value.length);
      for (const item of value) shape.write(to, item);
    },
    read(from) {
      const length = from.count(max);
      const items: T[] = [];
      for (let i = 0; i < length; i++) items.push(shape.read(from));
      return items;
    },
  };
}

/** One of these words, by its place in the list: append only. */
export function oneOf<T extends string | number>(...words: readonly T[]): Shape<T> {
  return {
    write(to, value) {
      const index = words.indexOf(value);
      if (index < 0) throw new RangeError(`${value} is none of ${words.join(', ')}`);
      to.varint(index);
    },
    read: (from) => words[from.varint()] ?? from.fail('an unknown word'),
  };
}

type Fields<T> = { readonly [K in keyof T]-?: Shape<T[K]> };

/** Every field in the order given here. */
export function struct<T extends object>(fields: Fields<T>): Shape<T> {
  const entries = Object.entries(fields) as unknown as readonly (readonly [keyof T, Shape<unknown>])[];
  return {
    write(to, value) {
      for (const [key, shape] of entries) shape.write(to, value[key]);
    },
    read(from) {
      const value: Partial<T> = {};
      for (const [key, shape] of entries) value[key] = shape.read(from) as T[typeof key];
      return value as T;
    },
  };
}

/** Some of the fields: a bit set of those that follow, the first field in the lowest bit. */
export function partial<T extends object>(fields: Fields<T>): Shape<Partial<T>> {
  const entries = Object.entries(fields) as unknown as readonly (readonly [keyof T, Shape<unknown>])[];
  return {
    write(to, value) {
      const present = entries.map(([key]) => value[key] !== undefined);
      to.varint(present.reduce((bits, is, index) => (is ? bits + 2 ** index : bits), 0));
      entries.forEach(([key, shape], index) => {
        if (present[index]) shape.write(to, value[key]);
      });
    },
    read(from) {
      let bits = from.varint(2 ** entries.length - 1);
      const value: Partial<T> = {};
      for (const [key, shape] of entries) {
        if (bits % 2 === 1) value[key] = shape.read(from) as T[typeof key];
        bits = Math.floor(bits / 2);
      }
      return value;
    },
  };
}

type Cases<T, D extends keyof T> = {
  readonly [K in T[D] & string]: Shape<Omit<Extract<T, { readonly [P in D]: K }>, D>>;
};

/** Told apart by the field `key`; the number of a case is its place in `cases`: append only. */
export function union<D extends string, T extends { readonly [P in D]: string }>(key: D, cases: Cases<T, D>): Shape<T> {
  const entries = Object.entries(cases) as readonly (readonly [string, Shape<object>])[];
  const numbers = new Map(entries.map(([word], index) => [word, index]));
  return {
    write(to, value) {
      const index = numbers.get(value[key]);
      if (index === undefined) throw new RangeError(`unknown ${key} ${value[key]}`);
      to.varint(index);
      entries[index]![1].write(to, value);
    },
    read(from) {
      const [word, shape] = entries[from.varint()] ?? from.fail(`an unknown ${key}`);
      return { [key]: word, ...shape.read(from) } as unknown as T;
    },
  };
}

export const pose: Shape<Pose> = struct<Pose>({ x: real, y: real, z: real, yaw: real, pitch: real });

const errorCode: Shape<ErrorCode> = {
  write: (to, value) => to.name(value),
  read(from) {
    const code = from.name();
    return ERROR_CODES.find((known) => known === code) ?? from.fail(`an unknown error code ${code}`);
  },
};

const FACTS_MAX = 64;
const FACT_BYTES_MAX = 4096;
const factText = text(FACT_BYTES_MAX);
const factTexts = list(factText, FACTS_MAX);

/** Kinds of fact by number: null, false, true, number, text, texts. Names in ascending order. */
const facts: Shape<Facts> = {
  write(to, value) {
    const names = Object.keys(value).sort();
    to.varint(names.length);
    for (const key of names) {
      to.name(key);
      writeFact(to, value[key]!);
    }
  },
  read(from) {
    const entries: (readonly [string, Facts[string]])[] = [];
    const length = from.count(FACTS_MAX, 2);
    for (let i = 0; i < length; i++) {
      const key = from.name();
      if (i > 0 && !(entries[i - 1]![0] < key)) from.fail('facts out of order');
      entries.push([key, readFact(from)]);
    }
    return Object.fromEntries(entries);
  },
};

function writeFact(to: MessageWriter, value: Facts[string]): void {
  if (value === null) to.u8(0);
  else if (typeof value === 'boolean') to.u8(value ? 2 : 1);
  else if (typeof value === 'number') {
    to.u8(3);
    to.f64(value);
  } else if (typeof value === 'string') {
    to.u8(4);
    factText.write(to, value);
  } else {
    to.u8(5);
    factTexts.write(to, value);
  }
}

function readFact(from: MessageReader): Facts[string] {
  switch (from.u8()) {
    case 0:
      return null;
    case 1:
      return false;
    case 2:
      return true;
    case 3:
      return from.f64();
    case 4:
      return factText.read(from);
    case 5:
      return factTexts.read(from);
    default:
      return from.fail('an unknown kind of fact');
  }
}

export const refusal = struct<{ readonly code: ErrorCode; readonly facts: Facts }>({ code: errorCode, facts });

function inRange(from: MessageReader, value: number): number {
  return (value | 0) === value ? value : from.fail('a position beyond 32 bits');
}
