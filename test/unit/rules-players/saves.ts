import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateSync } from 'node:zlib';
import prismarine from 'prismarine-nbt';
import type { Nbt, NbtCompound, NbtType } from '../../../src-shared/nbt/index.ts';

/** A real save, read with an independent reader (prismarine-nbt), as values of our own. */
const WORLDS = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'worlds');

/** Null when the folder is not on this machine; throws when PEERHOLD_REQUIRE says that it must be. */
export function findSave(name: string): string | null {
  const folder = join(WORLDS, name);
  if (existsSync(folder)) return folder;
  if ((process.env['PEERHOLD_REQUIRE'] ?? '').split(/[\s,]+/).includes('worlds'))
    throw new Error(`this test needs the real save ../shared/worlds/${name} beside the project, and PEERHOLD_REQUIRE names worlds`);
  return null;
}

interface Parsed {
  readonly type: string;
  readonly value: any;
}

/** prismarine-nbt's typed value as ours. */
export function fromPrismarine({ type, value }: Parsed): Nbt {
  switch (type) {
    case 'compound':
      return {
        type,
        value: new Map(Object.entries(value as Record<string, Parsed>).map(([name, entry]) => [name, fromPrismarine(entry)])),
      };
    case 'list':
      return {
        type,
        of: value.type as NbtType,
        value: (value.value as unknown[]).map((entry) => fromPrismarine({ type: value.type, value: entry })),
      };
    case 'long':
      return { type, value: BigInt.asIntN(64, (BigInt(value[0]) << 32n) | BigInt.asUintN(32, BigInt(value[1]))) };
    case 'byteArray':
      return { type, value: Int8Array.from(value) };
    case 'intArray':
      return { type, value: Int32Array.from(value) };
    case 'longArray':
      return {
        type,
        value: BigInt64Array.from(
          (value as [number, number][]).map(([high, low]) => (BigInt(high) << 32n) | BigInt.asUintN(32, BigInt(low))),
        ),
      };
    default:
      return { type, value } as Nbt;
  }
}

function parse(bytes: Buffer): NbtCompound {
  return fromPrismarine(prismarine.parseUncompressed(bytes)) as NbtCompound;
}

/** Roots of every player and of every chunk of terrain and entities in the overworld's first `regionsMax` regions of each kind. */
export function* rootsOf(save: string, regionsMax: number): Generator<NbtCompound> {
  for (const file of readdirSync(join(save, 'playerdata')).sort())
    if (file.endsWith('.dat')) yield parse(gunzipSync(readFileSync(join(save, 'playerdata', file))));
  for (const folder of ['region', 'entities']) {
    if (!existsSync(join(save, folder))) continue;
    for (const file of readdirSync(join(save, folder)).sort().slice(0, regionsMax)) yield* chunksOf(join(save, folder, file));
  }
}

function* chunksOf(file: string): Generator<NbtCompound> {
  const region = readFileSync(file);
  for (let index = 0; index < 1024 && region.length >= 8192; index++) {
    const at = region.readUIntBE(index * 4, 3) * 4096;
    if (at === 0 || at + 5 > region.length || region[at + 4] !== 2) continue;
    yield parse(inflateSync(region.subarray(at + 5, at + 4 + region.readUInt32BE(at))));
  }
}

/** Every compound with an item's id and count, anywhere inside. */
export function* itemsIn(value: Nbt): Generator<NbtCompound> {
  if (value.type === 'list') for (const entry of value.value) yield* itemsIn(entry);
  if (value.type !== 'compound') return;
  if (value.value.get('id')?.type === 'string' && value.value.get('Count')?.type === 'byte') yield value;
  for (const entry of value.value.values()) yield* itemsIn(entry);
}
