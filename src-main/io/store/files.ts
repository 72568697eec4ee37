import { AppError } from '../../../src-shared/errors/index.ts';
import type { Disk } from '../../ports/index.ts';

/** A folder with its parents, each durable in the one above, and every name that is seen in it durable as well: an earlier life may have died before its sync. */
export async function makeDurableFolder(disk: Disk, folder: string): Promise<void> {
  const parts = folder.split('/');
  await disk.makeFolder(folder);
  for (let i = parts.length; i >= 0; i--) await disk.syncFolder(parts.slice(0, i).join('/'));
}

/**
 * A file that is whole or not there: 1 written beside, with its space reserved, 2 synced, 3 renamed, 4 its folder synced. When it fails nothing
 * is left behind that a later opening would not remove (`removeUnfinished`).
 */
export async function createWhole(
  disk: Disk,
  path: string,
  content: { readonly start: Uint8Array; readonly bytes?: number },
): Promise<void> {
  const beside = `${path}.new`;
  const file = await disk.open(beside, 'create');
  try {
    await file.write(0, content.start);
    if (content.bytes !== undefined) await file.preallocate(content.bytes);
    await file.sync();
  } catch (error) {
    await file.close();
    await disk.remove(beside);
    throw error;
  }
  await file.close();
  await disk.rename(beside, path);
  await disk.syncFolder(parentOf(path));
}

/** What `createWhole` left when it was interrupted. */
export async function removeUnfinished(disk: Disk, folder: string): Promise<void> {
  for (const { name } of await disk.list(folder)) if (name.endsWith('.new')) await disk.remove(`${folder}/${name}`);
}

export async function removeDurably(disk: Disk, path: string): Promise<void> {
  await disk.remove(path);
  await disk.syncFolder(parentOf(path));
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function isNoSpace(error: unknown): boolean {
  return error instanceof AppError && error.code === 'node.no-space';
}
