import { mkdir, open, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { Hash } from '../../../../src-shared/units/index.ts';
import type { ExportPlayer, ExportSource, ImportedFile } from '../door.ts';
import { newLevel } from '../save/newLevel.ts';
import { readLevel, withLevelChanges } from '../save/level.ts';
import { readNbtFile, writeNbtFile } from '../save/nbtFile.ts';

const LEVEL = 'level.dat';

/** All files that are no regions: verbatim, except players that play changed and a level.dat whose facts it changed. */
export async function exportFiles(
  folder: string,
  source: ExportSource,
  options: { readonly signal: AbortSignal | undefined; readonly told: (file: { readonly bytes: number }) => void },
): Promise<void> {
  const players = new Map(source.players.map((player) => [player.path, player]));
  const files = source.imported?.files ?? [];
  const rewritten = new Map<string, Uint8Array>();
  const level = await levelFile(source, files, players.get(LEVEL) ?? null);
  if (level !== null) rewritten.set(LEVEL, level);
  for (const { path, nbt: root } of source.players) if (path !== LEVEL) rewritten.set(path, writeNbtFile(root));
  for (const [path, bytes] of rewritten) {
    await makeFolderOf(folder, path);
    await writeFile(join(folder, path), bytes, { flush: true });
    options.told({ bytes: bytes.length });
  }
  for (const file of files) {
    options.signal?.throwIfAborted();
    if (rewritten.has(file.path)) continue;
    await copyFile(folder, file, (name) => blobOf(source, name));
    options.told({ bytes: file.bytes });
  }
}

/** null: it comes out verbatim. */
async function levelFile(source: ExportSource, files: readonly ImportedFile[], player: ExportPlayer | null): Promise<Uint8Array | null> {
  const file = files.find(({ path }) => path === LEVEL);
  if (file === undefined) return writeNbtFile(newLevel(source.level, player?.nbt ?? null));
  const root = readNbtFile(await blobOf(source, file.blob));
  const data = nbt.getCompound(root, 'Data') ?? nbt.compound({});
  const changed = withLevelChanges(data, readLevel(data), source.level);
  const withPlayer: NbtCompound = player === null ? changed : nbt.withTags(changed, { Player: player.nbt });
  return withPlayer === data ? null : writeNbtFile(nbt.withTags(root, { Data: withPlayer }));
}

async function copyFile(folder: string, file: ImportedFile, blob: (name: Hash) => Promise<Uint8Array>): Promise<void> {
  await makeFolderOf(folder, file.path);
  const path = join(folder, file.path);
  const handle = await open(path, 'w');
  try {
    let at = 0;
    for (const name of [file.blob, ...(file.more ?? [])]) {
      const bytes = await blob(name);
      for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
      at += bytes.length;
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await utimes(path, file.modified / 1000, file.modified / 1000);
}

async function makeFolderOf(folder: string, path: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
}

async function blobOf(source: ExportSource, name: Hash): Promise<Uint8Array> {
  const bytes = await source.blob(name);
  if (bytes === null) throw new AppError('store.blob-missing', { name });
  return bytes;
}
