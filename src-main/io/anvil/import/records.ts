import { concat, fromHex, toHex, type Hash } from '../../../../src-shared/units/index.ts';
import type { RegionKind } from '../save/survey.ts';

/** A chunk that can be played, and the name of its blob. */
export interface ChunkRecord {
  readonly x: number;
  readonly z: number;
  readonly name: Hash;
}

/** NBT that is kept for export only. */
export interface LeftoverRecord {
  readonly kind: RegionKind;
  readonly x: number;
  readonly z: number;
  readonly blob: Hash;
}

const HASH_BYTES = 32;
export const CHUNK_RECORD_BYTES = 8 + HASH_BYTES;
export const LEFTOVER_RECORD_BYTES = 1 + 8 + HASH_BYTES;
const KINDS: readonly RegionKind[] = ['region', 'entities', 'poi'];

/** As `ImportedDimension.chunks` says, in the order given. */
export function encodeChunkRecords(records: readonly ChunkRecord[]): Uint8Array {
  const out = new Uint8Array(records.length * CHUNK_RECORD_BYTES);
  const view = new DataView(out.buffer);
  records.forEach(({ x, z, name }, i) => {
    const at = i * CHUNK_RECORD_BYTES;
    view.setInt32(at, x);
    view.setInt32(at + 4, z);
    out.set(fromHex(name), at + 8);
  });
  return out;
}

export function* decodeChunkRecords(bytes: Uint8Array): Generator<ChunkRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + CHUNK_RECORD_BYTES <= bytes.length; at += CHUNK_RECORD_BYTES) {
    yield { x: view.getInt32(at), z: view.getInt32(at + 4), name: toHex(bytes.subarray(at + 8, at + CHUNK_RECORD_BYTES)) as Hash };
  }
}

/** As `ImportedDimension.leftovers` says, in the order given. */
export function encodeLeftoverRecords(records: readonly LeftoverRecord[]): Uint8Array {
  const out = new Uint8Array(records.length * LEFTOVER_RECORD_BYTES);
  const view = new DataView(out.buffer);
  records.forEach(({ kind, x, z, blob }, i) => {
    const at = i * LEFTOVER_RECORD_BYTES;
    view.setUint8(at, KINDS.indexOf(kind));
    view.setInt32(at + 1, x);
    view.setInt32(at + 5, z);
    out.set(fromHex(blob), at + 9);
  });
  return out;
}

export function* decodeLeftoverRecords(bytes: Uint8Array): Generator<LeftoverRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + LEFTOVER_RECORD_BYTES <= bytes.length; at += LEFTOVER_RECORD_BYTES) {
    const blob = toHex(bytes.subarray(at + 9, at + LEFTOVER_RECORD_BYTES)) as Hash;
    yield { kind: KINDS[view.getUint8(at)]!, x: view.getInt32(at + 1), z: view.getInt32(at + 5), blob };
  }
}

/**
 * Sorts records of one length by the big-endian signed numbers in them: first `byte` (unsigned) if there is one, then z, then x. In place of
 * objects, so that a million chunks are 40 MB and not 400.
 */
export function sortRecords(parts: readonly Uint8Array[], recordBytes: number): Uint8Array {
  const all = concat(parts);
  const view = new DataView(all.buffer);
  const lead = recordBytes === LEFTOVER_RECORD_BYTES ? 1 : 0;
  const order = Uint32Array.from({ length: all.length / recordBytes }, (_, i) => i);
  order.sort((a, b) => {
    const at = a * recordBytes;
    const bt = b * recordBytes;
    if (lead === 1 && all[at] !== all[bt]) return all[at]! - all[bt]!;
    return view.getInt32(at + lead + 4) - view.getInt32(bt + lead + 4) || view.getInt32(at + lead) - view.getInt32(bt + lead);
  });
  const sorted = new Uint8Array(all.length);
  order.forEach((from, to) => sorted.set(all.subarray(from * recordBytes, (from + 1) * recordBytes), to * recordBytes));
  return sorted;
}
