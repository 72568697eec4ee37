import type { SeededRandom } from './seededRandom.ts';

/** What a disk writes as a whole or not at all, most of the time. */
export const SECTOR_BYTES = 512;

const ZEROS = new Uint8Array(SECTOR_BYTES);

interface Sector {
  /** On the medium. */
  durable: Uint8Array;
  /** What a read returns. */
  visible: Uint8Array;
  /** What was written since the last sync, oldest first: at a power cut any of them, or none, is on the medium. */
  pending: Uint8Array[];
}

/**
 * One file's content in sectors: what reads show, what is on the medium, and everything between that a power cut decides about.
 * Sectors that were never written are zeros and take no memory.
 */
export class Sectors {
  size = 0;
  durableSize = 0;
  private readonly pendingSizes: number[] = [];
  private readonly sectors = new Map<number, Sector>();
  private readonly dirty = new Set<number>();

  read(offset: number, length: number): Uint8Array {
    return this.collect(offset, Math.max(0, Math.min(length, this.size - offset)), (sector) => sector.visible);
  }

  /** What is certain to be there after a power cut now. */
  readDurable(): Uint8Array {
    return this.collect(0, this.durableSize, (sector) => sector.durable);
  }

  write(offset: number, bytes: Uint8Array): void {
    this.change(offset, bytes.length, (sector, at, from, length) => {
      const next = Uint8Array.from(sector.visible);
      next.set(bytes.subarray(from, from + length), at);
      sector.visible = next;
      sector.pending.push(next);
    });
    if (offset + bytes.length > this.size) this.resize(offset + bytes.length);
  }

  resize(size: number): void {
    if (size < this.size) this.cut(size);
    this.size = size;
    this.pendingSizes.push(size);
  }

  /** Remembers what is pending now; the result makes exactly that durable, later writes stay pending. */
  startSync(): () => void {
    const marks = [...this.dirty].map((index) => ({ index, version: this.sectors.get(index)!.pending.at(-1)! }));
    const size = this.size;
    return () => {
      for (const { index, version } of marks) this.land(index, version);
      if (size !== this.durableSize || this.pendingSizes.length > 0) {
        this.durableSize = size;
        this.pendingSizes.splice(0, this.pendingSizes.lastIndexOf(size) + 1);
      }
    };
  }

  /** A failed sync as operating systems have it: pages count as clean, some reached the medium, and no later sync will write the others. */
  failSync(random: SeededRandom): void {
    for (const index of this.dirty) {
      const sector = this.sectors.get(index)!;
      if (random.chance(0.5)) sector.durable = sector.visible;
      sector.pending = [];
    }
    this.dirty.clear();
  }

  /** The power is cut: of every sector any version since the last sync survives, or a mix of two (`tearing` is that chance). */
  cutPower(random: SeededRandom, tearing: number): void {
    for (const index of [...this.dirty].sort((a, b) => a - b)) {
      const sector = this.sectors.get(index)!;
      const versions = [sector.durable, ...sector.pending];
      const survivor = random.pick(versions);
      sector.durable = random.chance(tearing) ? mix(survivor, random.pick(versions), random.integer(SECTOR_BYTES)) : survivor;
    }
    this.dirty.clear();
    const size = random.pick([this.durableSize, ...this.pendingSizes]);
    this.pendingSizes.length = 0;
    for (const sector of this.sectors.values()) {
      sector.visible = sector.durable;
      sector.pending = [];
    }
    this.size = size;
    this.durableSize = size;
    this.cut(size);
    this.settle();
  }

  /** Changes the medium itself, below every cache. */
  damage(offset: number, length: number, change: (bytes: Uint8Array) => void): void {
    this.change(offset, length, (sector, at, _, part) => {
      const next = Uint8Array.from(sector.visible);
      change(next.subarray(at, at + part));
      sector.visible = next;
      sector.durable = next;
      sector.pending = [];
    });
    for (const index of this.dirty) if (this.sectors.get(index)!.pending.length === 0) this.dirty.delete(index);
  }

  copy(): Sectors {
    const out = new Sectors();
    out.size = this.size;
    out.durableSize = this.durableSize;
    out.pendingSizes.push(...this.pendingSizes);
    for (const [index, sector] of this.sectors) out.sectors.set(index, { ...sector, pending: [...sector.pending] });
    for (const index of this.dirty) out.dirty.add(index);
    return out;
  }

  private land(index: number, version: Uint8Array): void {
    const sector = this.sectors.get(index);
    const position = sector === undefined ? -1 : sector.pending.indexOf(version);
    // Gone when a failed sync, a power cut or damage came between.
    if (sector === undefined || position < 0) return;
    sector.durable = version;
    sector.pending.splice(0, position + 1);
    if (sector.pending.length === 0) this.dirty.delete(index);
  }

  private collect(offset: number, length: number, from: (sector: Sector) => Uint8Array): Uint8Array {
    const out = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const start = (offset + at) % SECTOR_BYTES;
      const part = Math.min(SECTOR_BYTES - start, length - at);
      const sector = this.sectors.get(Math.floor((offset + at) / SECTOR_BYTES));
      if (sector !== undefined) out.set(from(sector).subarray(start, start + part), at);
      at += part;
    }
    return out;
  }

  private change(offset: number, length: number, action: (sector: Sector, at: number, from: number, length: number) => void): void {
    for (let done = 0; done < length;) {
      const index = Math.floor((offset + done) / SECTOR_BYTES);
      const at = (offset + done) % SECTOR_BYTES;
      const part = Math.min(SECTOR_BYTES - at, length - done);
      let sector = this.sectors.get(index);
      if (sector === undefined) {
        sector = { durable: ZEROS, visible: ZEROS, pending: [] };
        this.sectors.set(index, sector);
      }
      action(sector, at, done, part);
      this.dirty.add(index);
      done += part;
    }
  }

  /** Content beyond the end is gone, and reads as zeros when the file grows again. */
  private cut(size: number): void {
    for (const [index, sector] of this.sectors) {
      const keep = size - index * SECTOR_BYTES;
      if (keep >= SECTOR_BYTES) continue;
      const next = new Uint8Array(SECTOR_BYTES);
      if (keep > 0) next.set(sector.visible.subarray(0, keep));
      sector.visible = next;
      sector.pending.push(next);
      this.dirty.add(index);
    }
  }

  /** After a power cut nothing is pending, also not what `cut` just changed. */
  private settle(): void {
    for (const index of this.dirty) {
      const sector = this.sectors.get(index)!;
      sector.durable = sector.visible;
      sector.pending = [];
    }
    this.dirty.clear();
  }
}

function mix(first: Uint8Array, second: Uint8Array, at: number): Uint8Array {
  const out = Uint8Array.from(first);
  out.set(second.subarray(at), at);
  return out;
}
