import type { Hash } from '../../../src-shared/units/index.ts';

/**
 * Entity chunks of the save (uncompressed NBT) by their name, as long as a resident chunk names them. Counted, because chunks of several
 * shards may name the same bytes (an empty entity chunk of the overworld and of the nether).
 */
export class EntityChunks {
  readonly #held = new Map<Hash, { readonly bytes: Uint8Array; holders: number }>();

  get(name: Hash): Uint8Array | null {
    return this.#held.get(name)?.bytes ?? null;
  }

  /** Once for every resident chunk that names it, before the chunk is inserted. */
  hold(name: Hash, bytes: Uint8Array): void {
    const held = this.#held.get(name);
    if (held === undefined) this.#held.set(name, { bytes, holders: 1 });
    else held.holders += 1;
  }

  /** As often as `hold`, after the chunk was evicted. */
  release(name: Hash): void {
    const held = this.#held.get(name);
    if (held === undefined) throw new Error(`nobody holds the entities ${name}`);
    held.holders -= 1;
    if (held.holders === 0) this.#held.delete(name);
  }
}
