import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateSync } from 'node:zlib';
import nbt from 'prismarine-nbt';

/** A save as prismarine-nbt reads it: shares no code with the product. Enough for 1.18+ chunks compressed with zlib or gzip. */
export interface ReadChunk {
  readonly x: number;
  readonly z: number;
  readonly nbt: any;
  /** "name[a=b,...]" with sorted properties, or null outside the sections. */
  blockAt(x: number, y: number, z: number): string | null;
}

export async function readRegion(folder: string, file: string): Promise<readonly ReadChunk[]> {
  const bytes = readFileSync(join(folder, file));
  const chunks: ReadChunk[] = [];
  for (let i = 0; i < 1024 && bytes.length >= 8192; i++) {
    const sector = bytes.readUIntBE(i * 4, 3);
    if (sector === 0) continue;
    const at = sector * 4096;
    const length = bytes.readUInt32BE(at);
    const kind = bytes[at + 4];
    const body = bytes.subarray(at + 5, at + 4 + length);
    const raw = kind === 2 ? inflateSync(body) : kind === 1 ? gunzipSync(body) : body;
    const parsed = (await nbt.parse(raw, 'big')).parsed;
    chunks.push(readChunk(nbt.simplify(parsed)));
  }
  return chunks;
}

export function regionFiles(folder: string): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.mca'));
}

function readChunk(root: any): ReadChunk {
  const sections = new Map<number, any>((root.sections ?? []).map((section: any) => [section.Y, section]));
  return {
    x: root.xPos,
    z: root.zPos,
    nbt: root,
    blockAt(x, y, z) {
      const states = sections.get(y >> 4)?.block_states;
      if (states === undefined) return null;
      const { palette, data } = states;
      const bits = Math.max(4, Math.ceil(Math.log2(palette.length)));
      const perLong = Math.floor(64 / bits);
      const index = ((y & 15) << 8) | ((z & 15) << 4) | (x & 15);
      const entry = data === undefined ? palette[0] : palette[pick(data[Math.floor(index / perLong)], (index % perLong) * bits, bits)];
      return stateName(entry.Name, entry.Properties ?? {});
    },
  };
}

/** prismarine-nbt gives longs as [high, low]. */
function pick(pair: [number, number], shift: number, bits: number): number {
  const long = (BigInt.asUintN(32, BigInt(pair[0])) << 32n) | BigInt.asUintN(32, BigInt(pair[1]));
  return Number((long >> BigInt(shift)) & ((1n << BigInt(bits)) - 1n));
}

export function stateName(name: string, properties: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(properties)
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort();
  const full = name.includes(':') ? name : `minecraft:${name}`;
  return pairs.length === 0 ? full : `${full}[${pairs.join(',')}]`;
}
