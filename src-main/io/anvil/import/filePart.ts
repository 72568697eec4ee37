import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { toHex, type Hash } from '../../../../src-shared/units/index.ts';
import type { Digest } from '../../../core/world/index.ts';
import { ContentPacker, type PackedContent } from './content.ts';

/** A stretch of a file that is kept verbatim. */
export interface ImportFilePart {
  readonly save: string;
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
}

export type ImportedFilePart = PackedContent;

/** Throws AppError `import.file-unreadable`, and `import.source-changed` when the file has become shorter. */
export function createFileImporter(digest: Digest): (part: ImportFilePart) => ImportedFilePart {
  return (part) => {
    const bytes = readPart(part);
    const content = new ContentPacker();
    content.put(toHex(digest(bytes)) as Hash, bytes);
    return content.finish();
  };
}

function readPart({ save, path, offset, bytes }: ImportFilePart): Uint8Array {
  const buffer = new Uint8Array(bytes);
  let filled = 0;
  try {
    const file = openSync(join(save, path), 'r');
    try {
      while (filled < bytes) {
        const count = readSync(file, buffer, filled, bytes - filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new AppError('import.file-unreadable', { file: path, cause: cause instanceof Error ? cause.message : String(cause) }, { cause });
  }
  if (filled < bytes) throw new AppError('import.source-changed', { file: path });
  return buffer;
}
