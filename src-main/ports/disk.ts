/**
 * Files of one folder tree. Paths are relative, with '/', never leave the root (RangeError: a bug of the caller).
 *
 * Errors: `AppError('node.no-space')` when the disk is full, `AppError('store.sync-failed')` when a sync fails (after which the file must
 * not be trusted), `AppError('node.disk-failed')` with the cause for everything else. A machine that lost its power answers nothing.
 */
export interface Disk {
  /** 'read' and 'write' need the file to exist; 'create' makes it, or empties it, for reading and writing. */
  open(path: string, mode: 'read' | 'write' | 'create'): Promise<DiskFile>;
  /** null when there is no such file. */
  size(path: string): Promise<number | null>;
  /** Sorted by name; empty when there is no such folder. */
  list(folder: string): Promise<readonly DiskEntry[]>;
  /** With its parents; nothing happens when it exists. Durable after the parent folder was synced. */
  makeFolder(folder: string): Promise<void>;
  /** Replaces `to` when it exists. Atomic; durable after the folders of both were synced. */
  rename(from: string, to: string): Promise<void>;
  /** A file; nothing happens when it does not exist. */
  remove(path: string): Promise<void>;
  /** Makes renames, creations and removals in the folder durable ('' is the root). */
  syncFolder(folder: string): Promise<void>;
  /** Bytes that this user may still write. */
  freeBytes(): Promise<number>;
}

export interface DiskEntry {
  readonly name: string;
  readonly folder: boolean;
  readonly bytes: number;
}

/** Calls on one file may overlap; only calls that were awaited are ordered. */
export interface DiskFile {
  /** Bytes from the start to the last one written, truncated or reserved through this handle, or found when it was opened. */
  readonly size: number;
  /**
   * Reads up to `length` bytes; fewer only at the end of the file. The result is the caller's own; or a view of the beginning of `into`, when that is given and
   * long enough: reading much is faster without new memory.
   */
  read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  /** `bytes` must not change until it settles. A write beyond the end leaves zeros between. */
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** Data (and size) of every write that was awaited before reach the medium. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  /** Grows the file to `size` with zeros that take their space on the medium now, so that later writes inside need none. Never shrinks. */
  preallocate(size: number): Promise<void>;
  close(): Promise<void>;
}
