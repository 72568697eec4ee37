import { open, readdir, readFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { differenceNbt, readNbt } from '../../../../src-shared/nbt/index.ts';
import type { WorldDifference } from '../door.ts';
import { decompressChunk } from '../region/compression.ts';
import { decompressFile } from '../save/nbtFile.ts';

const SECTOR_BYTES = 4096;
const SIDE = 32;
const PART_BYTES = 1024 * 1024;

/**
 * What differs between two saves: regions chunk by chunk and NBT files tag by tag, whatever their compression and layout of sectors; all
 * other files byte by byte. Locks and old versions (`*.dat_old`) do not count, an empty region is none. Walks regions by itself, not
 * as the import does. Throws the system's error for what can not be read.
 */
export async function compareWorlds(a: string, b: string): Promise<readonly WorldDifference[]> {
  const [inA, inB] = [await listFiles(a), await listFiles(b)];
  const differences: WorldDifference[] = [];
  for (const file of new Set([...inA, ...inB].sort())) {
    if (isRegion(file)) differences.push(...(await compareRegions(file, a, b)));
    else if (!inB.has(file)) differences.push({ file, position: null, what: 'missing' });
    else if (!inA.has(file)) differences.push({ file, position: null, what: 'extra' });
    else differences.push(...(await compareFiles(file, a, b)));
  }
  return differences;
}

function isRegion(file: string): boolean {
  return file.endsWith('.mca');
}

async function listFiles(save: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const entry of await readdir(save, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(join(save, '/').length).replaceAll('\\', '/');
    const counts = entry.isFile() && path !== 'session.lock' && !path.endsWith('.dat_old') && !path.endsWith('.mcc');
    if (counts) found.add(path);
  }
  return found;
}

async function compareFiles(file: string, a: string, b: string): Promise<readonly WorldDifference[]> {
  const what = file.endsWith('.dat') ? await compareTags(join(a, file), join(b, file)) : await compareBytes(join(a, file), join(b, file));
  return what === null ? [] : [{ file, position: null, what }];
}

async function compareTags(a: string, b: string): Promise<string | null> {
  const [left, right] = [await readFile(a), await readFile(b)];
  if (left.equals(right)) return null;
  try {
    return differenceOf(decompressFile(left), decompressFile(right));
  } catch (error) {
    if (error instanceof AppError) return 'bytes';
    throw error;
  }
}

function differenceOf(a: Uint8Array, b: Uint8Array): string | null {
  if (Buffer.compare(a, b) === 0) return null;
  const [left, right] = [readNbt(a), readNbt(b)];
  return left.name === right.name ? differenceNbt(left.root, right.root) : 'name of the root';
}

/** Piece by piece: files may be large. */
async function compareBytes(a: string, b: string): Promise<string | null> {
  const [left, right] = [await open(a), await open(b)];
  try {
    for (let at = 0; ; at += PART_BYTES) {
      const [x, y] = [await readAt(left, at, PART_BYTES), await readAt(right, at, PART_BYTES)];
      if (!x.equals(y)) return 'bytes';
      if (x.length < PART_BYTES) return null;
    }
  } finally {
    await left.close();
    await right.close();
  }
}

async function compareRegions(file: string, a: string, b: string): Promise<readonly WorldDifference[]> {
  const [left, right] = [await openOrNull(join(a, file)), await openOrNull(join(b, file))];
  try {
    const differences: WorldDifference[] = [];
    for (let index = 0; index < SIDE * SIDE; index++) {
      const [x, y] = [await chunkAt(left, join(a, file), index), await chunkAt(right, join(b, file), index)];
      const what = x === null || y === null ? (x === y ? null : y === null ? 'missing' : 'extra') : compareChunks(x, y);
      if (what !== null) differences.push({ file, position: positionOf(file, index), what });
    }
    return differences;
  } finally {
    await left?.close();
    await right?.close();
  }
}

function compareChunks(a: Uint8Array | string, b: Uint8Array | string): string | null {
  if (typeof a === 'string' || typeof b === 'string') return a === b ? null : 'damaged';
  return differenceOf(a, b);
}

function positionOf(file: string, index: number): { readonly x: number; readonly z: number } {
  const [, x, z] = file.split('/').at(-1)!.split('.');
  return { x: Number(x) * SIDE + (index % SIDE), z: Number(z) * SIDE + Math.floor(index / SIDE) };
}

/** NBT of a chunk, null where there is none, the reason where it can not be read. */
async function chunkAt(file: FileHandle | null, path: string, index: number): Promise<Uint8Array | string | null> {
  if (file === null) return null;
  const entry = await readAt(file, 4 * index, 4);
  const sector = entry.length < 4 ? 0 : entry.readUIntBE(0, 3);
  if (sector === 0) return null;
  const head = await readAt(file, sector * SECTOR_BYTES, 5);
  if (head.length < 5) return 'cut short';
  const compression = head[4]!;
  const length = head.readUInt32BE(0) - 1;
  const { x, z } = positionOf(path.replaceAll('\\', '/'), index);
  const isOutside = (compression & 0x80) !== 0;
  const content = isOutside
    ? await readFile(join(dirname(path), `c.${x}.${z}.mcc`)).catch(() => null)
    : await readAt(file, sector * SECTOR_BYTES + 5, length);
  if (content === null || (!isOutside && content.length < length)) return 'cut short';
  const decompressed = decompressChunk(compression & 0x7f, content);
  return decompressed.ok ? decompressed.value : decompressed.code;
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, Math.min(length, 64 * PART_BYTES)));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
  return buffer.subarray(0, bytesRead);
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
