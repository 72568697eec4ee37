const NAME_BYTES = 32;
const CAPACITY_FIRST = 1024;
const COMPACTED_AT_ONCE = 8192;

/** Where a blob is stored. */
export interface BlobPlace {
  readonly pack: number;
  /** Of the item, in bytes; a multiple of 16 below 64 GiB. */
  readonly offset: number;
  /** Of its stored content. */
  readonly bytes: number;
}

/**
 * Name to place for millions of blobs in flat arrays: 44 bytes an entry and 4 to 16 of hash slots, no object per blob. Entries are numbered in
 * the order of insertion; a removed one keeps its number until `compact`.
 */
export class NameTable {
  /** Entries ever inserted since the last `compact`, removed ones included. */
  count = 0;
  live = 0;
  private names = new Uint8Array(CAPACITY_FIRST * NAME_BYTES);
  /** 0: removed. */
  private packs = new Uint32Array(CAPACITY_FIRST);
  private places = new Uint32Array(CAPACITY_FIRST);
  private lengths = new Uint32Array(CAPACITY_FIRST);
  private removedMeanwhile: Uint8Array[] | null = null;
  /** Entry + 1, open addressing with linear steps, at most 2/3 full. */
  private slots = new Uint32Array(CAPACITY_FIRST * 2);

  /** Entry of a name that is there; -1 otherwise. */
  find(name: Uint8Array): number {
    const entry = this.slots[this.slotOf(name)]! - 1;
    return entry >= 0 && this.packs[entry] !== 0 ? entry : -1;
  }

  /** Inserts the name, or moves it. */
  set(name: Uint8Array, { pack, offset, bytes }: BlobPlace): void {
    if (pack < 1 || offset % 16 !== 0 || offset / 16 >= 2 ** 32) throw new RangeError(`no place of a blob: pack ${pack}, offset ${offset}`);
    const slot = this.slotOf(name);
    let entry = this.slots[slot]! - 1;
    if (entry < 0) {
      entry = this.count;
      if (entry === this.packs.length) this.grow();
      this.names.set(name, entry * NAME_BYTES);
      this.count += 1;
      // Growing moved the slots.
      this.slots[this.slotOf(name)] = entry + 1;
      if (this.count * 3 > this.slots.length * 2) this.spread(this.slots.length * 2);
    }
    if (this.packs[entry] === 0) this.live += 1;
    this.packs[entry] = pack;
    this.places[entry] = offset / 16;
    this.lengths[entry] = bytes;
  }

  remove(entry: number): void {
    if (this.packs[entry] === 0) return;
    this.packs[entry] = 0;
    this.live -= 1;
    this.removedMeanwhile?.push(this.nameOf(entry).slice());
  }

  /** 0 when the entry was removed. */
  packOf(entry: number): number {
    return this.packs[entry]!;
  }

  placeOf(entry: number): BlobPlace {
    return { pack: this.packs[entry]!, offset: this.places[entry]! * 16, bytes: this.lengths[entry]! };
  }

  /** A view. */
  nameOf(entry: number): Uint8Array {
    return this.names.subarray(entry * NAME_BYTES, (entry + 1) * NAME_BYTES);
  }

  /**
   * Forgets removed entries when they are the larger half; numbers change. Stops for `pause` now and then: meanwhile names may be found and
   * removed, but not set.
   */
  async compact(pause: () => Promise<unknown>): Promise<void> {
    if (this.live * 2 > this.count) return;
    const kept = new NameTable();
    const removed: Uint8Array[] = [];
    this.removedMeanwhile = removed;
    for (let entry = 0; entry < this.count; entry++) {
      if (entry % COMPACTED_AT_ONCE === COMPACTED_AT_ONCE - 1) await pause();
      if (this.packs[entry] !== 0) kept.set(this.nameOf(entry), this.placeOf(entry));
    }
    for (const name of removed) if (kept.find(name) >= 0) kept.remove(kept.find(name));
    this.removedMeanwhile = null;
    this.count = kept.count;
    this.names = kept.names;
    this.packs = kept.packs;
    this.places = kept.places;
    this.lengths = kept.lengths;
    this.slots = kept.slots;
  }

  /** The slot that holds the name, or the empty one where it belongs. */
  private slotOf(name: Uint8Array): number {
    const mask = this.slots.length - 1;
    // Names are digests: any four bytes are spread well.
    const start = name[0]! | (name[1]! << 8) | (name[2]! << 16) | (name[3]! << 24);
    for (let slot = start & mask; ; slot = (slot + 1) & mask) {
      const entry = this.slots[slot]! - 1;
      if (entry < 0 || this.isNamed(entry, name)) return slot;
    }
  }

  private isNamed(entry: number, name: Uint8Array): boolean {
    const at = entry * NAME_BYTES;
    for (let i = 0; i < NAME_BYTES; i++) if (this.names[at + i] !== name[i]) return false;
    return true;
  }

  private grow(): void {
    const capacity = Math.ceil(this.packs.length * 1.5);
    this.names = extended(this.names, new Uint8Array(capacity * NAME_BYTES));
    this.packs = extended(this.packs, new Uint32Array(capacity));
    this.places = extended(this.places, new Uint32Array(capacity));
    this.lengths = extended(this.lengths, new Uint32Array(capacity));
  }

  private spread(size: number): void {
    this.slots = new Uint32Array(size);
    for (let entry = 0; entry < this.count; entry++) this.slots[this.slotOf(this.nameOf(entry))] = entry + 1;
  }
}

function extended<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
