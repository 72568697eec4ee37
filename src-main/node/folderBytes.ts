import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Sizes of all files below `path`, summed. Files that go while we look count nothing. */
export async function folderBytes(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries)
    if (entry.isFile())
      bytes += await stat(join(entry.parentPath, entry.name))
        .then(({ size }) => size)
        .catch(() => 0);
  return bytes;
}
