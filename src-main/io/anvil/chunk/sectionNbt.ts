import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import {
  parseStateName,
  readBlocks,
  resolveState,
  type BlockVolume,
  type Section,
  type StateId,
  type WorldKit,
} from '../../../core/world/index.ts';
import { pack, type Packing } from './packing.ts';
import { stateName } from './paletteNames.ts';
import type { Renames } from './renames.ts';

const BLOCKS = 4096;
const CELLS = 64;
const LIGHT_TAGS: readonly string[] = ['SkyLight', 'BlockLight', 'starlight.skylight_state', 'starlight.blocklight_state'];

/** How a source writes sections. */
export interface SectionForm {
  /** true: `block_states` and `biomes` (1.18); false: `Palette` and `BlockStates`. */
  readonly isNested: boolean;
  readonly packing: Packing;
  readonly renames: Renames;
}

/** Writes sections back in the form of their source. One per chunk. */
export class SectionWriter {
  readonly #form: SectionForm;
  readonly #kit: WorldKit;
  /** How the source writes the states that it has. */
  readonly #known = new Map<StateId, Nbt>();

  constructor(form: SectionForm, kit: WorldKit, sections: readonly NbtCompound[]) {
    this.#form = form;
    this.#kit = kit;
    for (const section of sections) for (const entry of paletteOf(section)) this.#remember(entry, this.#known);
  }

  /** A section of the source with other blocks; everything else in it stays. */
  withBlocks(section: NbtCompound, blocks: BlockVolume): NbtCompound {
    const own = new Map<StateId, Nbt>();
    for (const entry of paletteOf(section)) this.#remember(entry, own);
    return nbt.withTags(section, this.#blockTags(section, blocks, own));
  }

  /** A section that the source does not have. */
  create(y: number, section: Section): NbtCompound {
    const empty = nbt.compound({ Y: nbt.byte(y) });
    const made = this.withBlocks(empty, section.blocks);
    return this.#form.isNested ? nbt.withTags(made, { biomes: this.#biomes(section) }) : made;
  }

  #blockTags(section: NbtCompound, blocks: BlockVolume, own: ReadonlyMap<StateId, Nbt>): Readonly<Record<string, Nbt>> {
    const { palette, indices } = inUse(blocks);
    const entries = palette.map((id) => own.get(id) ?? this.#known.get(id) ?? this.#entry(id));
    const bits = Math.max(4, 32 - Math.clz32(palette.length - 1));
    const data = (): Nbt => nbt.longArray(pack(indices, bits, this.#form.packing));
    if (!this.#form.isNested) return { Palette: nbt.list('compound', entries), BlockStates: data() };
    const before = nbt.getCompound(section, 'block_states') ?? nbt.compound({});
    const after = { palette: nbt.list('compound', entries), data: palette.length === 1 ? null : data() };
    return { block_states: nbt.withTags(before, after) };
  }

  #biomes({ biomes }: Section): NbtCompound {
    const names = biomes.palette.map((name) => nbt.text(this.#form.renames.toOldBiome(name)));
    const palette = nbt.list('string', names);
    if (biomes.indices === null || names.length === 1) return nbt.compound({ palette });
    const bits = 32 - Math.clz32(names.length - 1);
    return nbt.compound({ palette, data: nbt.longArray(pack(biomes.indices.subarray(0, CELLS), bits, 'padded')) });
  }

  #entry(id: StateId): NbtCompound {
    const { block, properties } = parseStateName(this.#form.renames.toOldState(this.#kit.states.nameOf(id)));
    const name = nbt.text(block);
    if (properties.size === 0) return nbt.compound({ Name: name });
    const pairs = [...properties].map(([key, value]): [string, Nbt] => [key, nbt.text(value)]);
    return nbt.compound({ Name: name, Properties: { type: 'compound', value: new Map(pairs) } });
  }

  #remember(entry: NbtCompound, known: Map<StateId, Nbt>): void {
    const { block, properties } = parseStateName(this.#form.renames.toNewState(stateName(entry)));
    const id = resolveState(this.#kit.states, block, properties);
    if (!known.has(id)) known.set(id, entry);
  }
}

/** Without stored light, which the blocks no longer fit to. */
export function withoutLight(section: NbtCompound): NbtCompound {
  if (!LIGHT_TAGS.some((name) => section.value.has(name))) return section;
  return nbt.withTags(section, Object.fromEntries(LIGHT_TAGS.map((name) => [name, null])));
}

export function paletteOf(section: NbtCompound): readonly NbtCompound[] {
  const nested = nbt.getCompound(section, 'block_states');
  const palette = nested === null ? nbt.getList(section, 'Palette') : nbt.getList(nested, 'palette');
  return (palette ?? []).filter((entry) => entry.type === 'compound');
}

export function isSameVolume(a: BlockVolume, b: BlockVolume): boolean {
  if (a === b) return true;
  const [left, right] = [new Uint16Array(BLOCKS), new Uint16Array(BLOCKS)];
  readBlocks(a, left);
  readBlocks(b, right);
  return left.every((id, i) => id === right[i]);
}

/** States in order of first appearance, and the index of every block. */
function inUse(blocks: BlockVolume): { readonly palette: readonly StateId[]; readonly indices: Uint16Array } {
  const indices = new Uint16Array(BLOCKS);
  readBlocks(blocks, indices);
  const slots = new Map<StateId, number>();
  for (let i = 0; i < BLOCKS; i++) {
    const id = indices[i]!;
    let slot = slots.get(id);
    if (slot === undefined) {
      slot = slots.size;
      slots.set(id, slot);
    }
    indices[i] = slot;
  }
  return { palette: [...slots.keys()], indices };
}
