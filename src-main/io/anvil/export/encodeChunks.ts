import { nbt, readNbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { decodeChunk, type WorldKit } from '../../../core/world/index.ts';
import { encodeNewChunk, encodeTouchedChunk, withoutValidPoi } from '../chunk/encode.ts';
import { ChunkDecoder } from '../chunk/decode.ts';
import { compressChunk } from '../region/compression.ts';
import type { RegionKind } from '../save/survey.ts';

/** Chunks of one region, to be written as they come out. */
export interface EncodeChunks {
  readonly chunks: readonly ChunkToEncode[];
}

export type ChunkToEncode =
  /** NBT that is written as it is. */
  | { readonly type: 'verbatim'; readonly kind: RegionKind; readonly index: number; readonly nbt: Uint8Array }
  | {
      readonly type: 'chunk';
      readonly index: number;
      /** Canonical encoding. */
      readonly chunk: Uint8Array;
      /** NBT it came from; null for one that was generated here. */
      readonly origin: Uint8Array | null;
      readonly poi: Uint8Array | null;
      /** NBT with a list `Entities` to stand in the chunk itself (before 1.17); null for none. */
      readonly entities: Uint8Array | null;
    };

export interface EncodedChunks {
  readonly chunks: readonly { readonly kind: RegionKind; readonly index: number; readonly bytes: number }[];
  /** Compressed NBT of each, one behind the other. */
  readonly bytes: Uint8Array;
}

/** One per thread. Throws AppError `store.blob-damaged` for content that is not what an import makes. */
export function createChunkEncoder(kit: WorldKit): (input: EncodeChunks) => EncodedChunks {
  const decoder = new ChunkDecoder(kit);
  return ({ chunks }) => {
    const written: { kind: RegionKind; index: number; content: Uint8Array }[] = [];
    const write = (kind: RegionKind, index: number, bytes: Uint8Array): void => {
      written.push({ kind, index, content: compressChunk(bytes) });
    };
    for (const item of chunks) {
      if (item.type === 'verbatim') write(item.kind, item.index, item.nbt);
      else encodeOne(item, { kit, decoder, write });
    }
    const bytes = new Uint8Array(written.reduce((sum, { content }) => sum + content.length, 0));
    let at = 0;
    for (const { content } of written) {
      bytes.set(content, at);
      at += content.length;
    }
    return { chunks: written.map(({ kind, index, content }) => ({ kind, index, bytes: content.length })), bytes };
  };
}

function encodeOne(
  item: ChunkToEncode & { readonly type: 'chunk' },
  tools: {
    readonly kit: WorldKit;
    readonly decoder: ChunkDecoder;
    readonly write: (kind: RegionKind, index: number, bytes: Uint8Array) => void;
  },
): void {
  const { kit, decoder, write } = tools;
  const chunk = decodeChunk(item.chunk, kit);
  if (item.origin === null) {
    write('region', item.index, encodeNewChunk(chunk, kit));
    if (item.poi !== null) write('poi', item.index, withoutValidPoi(item.poi));
    return;
  }
  const entities = item.entities === null ? [] : compoundsOf(item.entities);
  const { nbt: bytes, blocksChanged } = encodeTouchedChunk(item.origin, chunk, { kit, decoder, entities });
  write('region', item.index, bytes);
  if (item.poi !== null) write('poi', item.index, blocksChanged ? withoutValidPoi(item.poi) : item.poi);
}

function compoundsOf(bytes: Uint8Array): readonly NbtCompound[] {
  return (nbt.getList(readNbt(bytes).root, 'Entities') ?? []).filter((entity) => entity.type === 'compound');
}
