import { gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { FILE_NBT_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { readNbt, writeNbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';

const OPTIONS = { maxOutputLength: FILE_NBT_BYTES_MAX };

/** The root of an NBT file: gzip as vanilla writes, zlib, or plain. Throws AppError `nbt.malformed`. */
export function readNbtFile(bytes: Uint8Array): NbtCompound {
  return readNbt(decompressFile(bytes)).root;
}

/** The NBT bytes of a file. Throws AppError `nbt.malformed`. */
export function decompressFile(bytes: Uint8Array): Uint8Array {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes, OPTIONS);
    if (bytes[0] === 0x78) return inflateSync(bytes, OPTIONS);
    return bytes;
  } catch (cause) {
    throw new AppError('nbt.malformed', { offset: 0, reason: String(cause) }, { cause });
  }
}

/** A file as vanilla writes it. */
export function writeNbtFile(root: NbtCompound): Uint8Array {
  return gzipSync(writeNbt(root));
}
