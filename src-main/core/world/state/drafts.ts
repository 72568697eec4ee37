import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { localKey, type BlockPos, type ChunkPos } from '../../../../src-shared/units/index.ts';
import { fitToHeight } from '../chunk/fit.ts';
import { blockIndex, draftOf, setInDraft, type VolumeDraft } from '../chunk/volume.ts';
import type { WorldKit } from '../door.ts';
import type { Chunk, StateId } from '../model/chunk.ts';
import type { ChunkChange, Residents } from './residents.ts';
import type { UndoLog } from './undoLog.ts';

interface Draft {
  readonly chunk: Chunk;
  /** `chunk` with all sections of the dimension. */
  readonly base: Chunk;
  /** By index in `base.sections`. */
  readonly volumes: (VolumeDraft | undefined)[];
  blockEntities: Map<number, NbtCompound> | null;
  adopted: boolean;
}

/**
 * Edits of one apply. Sections are copied when the first block in them changes and become chunks at the end, so that a thousand blocks
 * in one section cost one copy, and whoever holds the old chunk keeps it.
 */
export class Drafts {
  readonly #residents: Residents;
  readonly #height: { readonly minY: number; readonly height: number };
  readonly #kit: WorldKit;
  readonly #drafts = new Map<Chunk, Draft>();
  /** Chunks with a block that gives or takes light otherwise than before. */
  readonly #relit = new Set<Chunk>();
  #last: Draft | null = null;
  #lastX = 0;
  #lastZ = 0;

  constructor(residents: Residents, height: { readonly minY: number; readonly height: number }, kit: WorldKit) {
    this.#residents = residents;
    this.#height = height;
    this.#kit = kit;
  }

  /** Outside the height nothing happens. */
  setBlock(pos: BlockPos, state: StateId): void {
    if (!this.#inHeight(pos.y)) return;
    const draft = this.#draft(pos.x >> 4, pos.z >> 4);
    const volume = this.#volume(draft, (pos.y >> 4) - draft.base.minSection);
    const before = setInDraft(volume, blockIndex(pos.x, pos.y, pos.z), state, this.#kit.states);
    if (before !== state && !this.#kit.states.lightsAlike(before, state)) this.#relit.add(draft.chunk);
  }

  setBlockEntity(pos: BlockPos, nbt: NbtCompound | null): void {
    if (!this.#inHeight(pos.y)) return;
    const draft = this.#draft(pos.x >> 4, pos.z >> 4);
    draft.blockEntities ??= new Map(draft.chunk.blockEntities);
    if (nbt === null) draft.blockEntities.delete(localKey(pos));
    else draft.blockEntities.set(localKey(pos), nbt);
  }

  /** The save's entities of this chunk live in the state from now on. */
  adopt({ x, z }: ChunkPos): void {
    this.#draft(x, z).adopted = true;
  }

  seal(undo: UndoLog): void {
    // Light before blocks would be lost again: `change` writes the draft's.
    for (const draft of this.#drafts.values()) this.#residents.change(draft.chunk, changeOf(draft), undo);
    for (const { x, z } of this.#relit) {
      for (let dz = -1; dz <= 1; dz++) for (let dx = -1; dx <= 1; dx++) this.#residents.setLight(x + dx, z + dz, null, undo);
    }
  }

  #inHeight(y: number): boolean {
    return y >= this.#height.minY && y < this.#height.minY + this.#height.height;
  }

  #draft(x: number, z: number): Draft {
    if (this.#last !== null && this.#lastX === x && this.#lastZ === z) return this.#last;
    const chunk = this.#residents.get(x, z);
    if (chunk === null) throw new Error(`an effect in chunk ${x} ${z}, which is not resident`);
    let draft = this.#drafts.get(chunk);
    if (draft === undefined) {
      draft = { chunk, base: fitToHeight(chunk, this.#height, this.#kit.states), volumes: [], blockEntities: null, adopted: false };
      this.#drafts.set(chunk, draft);
    }
    this.#last = draft;
    this.#lastX = x;
    this.#lastZ = z;
    return draft;
  }

  #volume(draft: Draft, index: number): VolumeDraft {
    let volume = draft.volumes[index];
    if (volume === undefined) {
      volume = draftOf(draft.base.sections[index]!.blocks);
      draft.volumes[index] = volume;
    }
    return volume;
  }
}

function changeOf({ base, volumes, blockEntities, adopted }: Draft): Partial<ChunkChange> {
  const sections = base.sections.slice();
  volumes.forEach((blocks, index) => {
    if (blocks !== undefined) sections[index] = { blocks, biomes: sections[index]!.biomes };
  });
  return {
    sections,
    minSection: base.minSection,
    light: base.light,
    ...(blockEntities === null ? {} : { blockEntities }),
    ...(adopted ? { entities: null } : {}),
  };
}
