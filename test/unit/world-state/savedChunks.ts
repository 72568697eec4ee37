import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { gunzipSync, inflateSync } from 'node:zlib';
import prismarineNbt from 'prismarine-nbt';
import {
  biomeVolume,
  blockVolume,
  resolveState,
  uniformBiomes,
  uniformVolume,
  type Chunk,
  type Section,
  type SectionLight,
  type WorldKit,
} from '../../../src-main/core/world/index.ts';

const WORLDS = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'worlds');

/** Path inside the folder of real worlds, or null after the test was skipped in words (or failed, when PEERHOLD_REQUIRE names `worlds`). */
export function worldsPath(context: TestContext, path: string): string | null {
  const full = join(WORLDS, path);
  if (existsSync(full)) return full;
  const sentence = `needs ${path} in ../shared/worlds beside the project`;
  if ((process.env['PEERHOLD_REQUIRE'] ?? '').split(/[\s,]+/).includes('worlds')) throw new Error(sentence);
  context.skip(sentence);
  return null;
}

/** Chunks of a region file as prismarine-nbt's plain objects: read independently of the product. */
export function readRoots(path: string): readonly any[] {
  const file = readFileSync(path);
  const roots: any[] = [];
  for (let slot = 0; slot < 1024 && file.length >= 8192; slot++) {
    const sector = file.readUIntBE(slot * 4, 3);
    if (sector === 0) continue;
    const at = sector * 4096;
    const length = file.readUInt32BE(at);
    const kind = file[at + 4];
    const body = file.subarray(at + 5, at + 4 + length);
    const raw = kind === 1 ? gunzipSync(body) : kind === 2 ? inflateSync(body) : body;
    roots.push(prismarineNbt.simplify(prismarineNbt.parseUncompressed(raw, 'big')));
  }
  return roots;
}

/** The full ones in our form. */
export function readRegion(path: string, kit: WorldKit): readonly Chunk[] {
  return readRoots(path)
    .map((root) => toChunk(root, kit))
    .filter((chunk) => chunk !== null);
}

/** `root` as prismarine-nbt's plain objects; of the layout since 1.18. */
export function toChunk(root: any, kit: WorldKit): Chunk | null {
  if (!['minecraft:full', 'full'].includes(root.Status)) return null;
  const byY = new Map<number, any>(root.sections.map((section: any) => [section.Y, section]));
  const withBlocks = [...byY.values()].filter((section) => section.block_states !== undefined).map((section) => Number(section.Y));
  const minSection = Math.min(...withBlocks);
  const maxSection = Math.max(...withBlocks);
  const sections: Section[] = [];
  const light: SectionLight[] = [];
  for (let y = minSection - 1; y <= maxSection + 1; y++) {
    const section = byY.get(y);
    light.push({ sky: bytesOf(section?.SkyLight), block: bytesOf(section?.BlockLight) });
    if (y >= minSection && y <= maxSection) sections.push(toSection(section, root.DataVersion, kit));
  }
  return {
    x: root.xPos,
    z: root.zPos,
    minSection,
    sections,
    blockEntities: new Map(),
    ticks: { block: [], fluid: [] },
    dataVersion: root.DataVersion,
    origin: null,
    entities: null,
    poi: null,
    light: root.isLightOn === 1 ? light : null,
  };
}

function bytesOf(levels: readonly number[] | undefined): Uint8Array | null {
  return levels === undefined ? null : Uint8Array.from(levels);
}

function toSection(section: any, dataVersion: number, kit: WorldKit): Section {
  const renamed = kit.tables.renamedBlocks.filter(({ before, from }) => dataVersion < before && !from.includes('['));
  const palette = section.block_states.palette.map((entry: any) => {
    const block = renamed.reduce((name, { from, to }) => (name === from ? to : name), entry.Name as string);
    return resolveState(kit.states, block, new Map(Object.entries<string>(entry.Properties ?? {})));
  });
  const blocks =
    palette.length === 1
      ? uniformVolume(palette[0], kit.states)
      : blockVolume(palette, unpack(section.block_states.data, 4096, Math.max(4, bitsFor(palette.length))), kit.states);
  const names: string[] = section.biomes.palette;
  const biomes = names.length === 1 ? uniformBiomes(names[0]!) : biomeVolume(names, unpack(section.biomes.data, 64, bitsFor(names.length)));
  return { blocks, biomes };
}

function bitsFor(length: number): number {
  return Math.ceil(Math.log2(length));
}

/** Longs as [high, low]; indices do not cross longs (since 1.16). */
export function unpack(longs: readonly (readonly [number, number])[], count: number, bits: number): Uint16Array {
  const out = new Uint16Array(count);
  const each = Math.floor(64 / bits);
  const mask = (1n << BigInt(bits)) - 1n;
  for (let i = 0; i < count; i++) {
    const [high, low] = longs[Math.floor(i / each)]!;
    const long = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
    out[i] = Number((long >> BigInt((i % each) * bits)) & mask);
  }
  return out;
}
