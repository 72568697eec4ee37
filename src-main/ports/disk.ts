/**
 * Files of one folder tree. Paths are relative, with '/', never leave the root. Errors: `AppError('node.no-space')` when the disk is
 * full, `AppError('store.sync-failed')` when a sync fails (after which the file must not be trusted), else the cause is kept.
 */
export interface Disk {
  open(path: string, mode: 'read' | 'write' | 'create'): Promise<DiskFile>;
  /** null when there is no such file. */
  size(path: string): Promise<number | null>;
  list(folder: string): Promise<readonly DiskEntry[]>;
  makeFolder(folder: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes renames, creations and removals in the folder durable. */
  syncFolder(folder: string): Promise<void>;
  freeBytes(): Promise<number>;
}

export interface DiskEntry {
  readonly name: string;
  readonly folder: boolean;
  readonly bytes: number;
}

export interface DiskFile {
  readonly size: number;
  /** Reads up to `length` bytes; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** Data (and size) reach the medium. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  /** Reserves space without changing what `size` reports as written content beyond zeros. */
  preallocate(size: number): Promise<void>;
  close(): Promise<void>;
}
