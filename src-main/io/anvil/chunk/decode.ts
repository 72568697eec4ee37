import { AppError, refuse, type Refusal } from '../../../../src-shared/errors/index.ts';
import { IMPORTED_DATA_VERSION_MIN } from '../../../../src-shared/config/index.ts';
import { nbt, NbtNames, readNbtAt, type NbtCompound, type NbtList } from '../../../../src-shared/nbt/index.ts';
import { localKey, type Hash } from '../../../../src-shared/units/index.ts';
import type { BlockVolume, BiomeVolume, Chunk, Section, StateId, WorldKit } from '../../../core/world/index.ts';
import { BiomeMaker } from './biomes.ts';
import { LightMaker } from './light.ts';
import { PaletteNames } from './paletteNames.ts';
import type { Renames } from './renames.ts';
import { scanChunk, type ScannedChunk, type ScannedList, type ScannedSection } from './scan.ts';
import { PACKED_BY_LONGS_SINCE } from './versions.ts';
import { VolumeMaker } from './volumes.ts';

/** What a dimension's chunks have in common. */
export interface DimensionShape {
  readonly minSection: number;
  readonly sectionCount: number;
  readonly hasSkyLight: boolean;
}

export interface DecodeInput {
  /** Where the save has it. */
  readonly x: number;
  readonly z: number;
  readonly shape: DimensionShape;
  readonly origin: Hash;
  readonly entities: Hash | null;
  readonly poi: Hash | null;
}

export type DecodedChunk =
  | {
      readonly kind: 'chunk';
      /** Its light shares memory with the NBT. */
      readonly chunk: Chunk;
      /** A block or biome has another name than in the save. */
      readonly translated: boolean;
      /** Entities that stand in the chunk itself (before 1.17). */
      readonly entities: number;
    }
  /** Vanilla had not finished it. */
  | { readonly kind: 'unfinished' }
  | Refusal;

/** Chunks that vanilla gives to players. 1.13 had two words for it. */
const FINISHED: ReadonlySet<string> = new Set(['full', 'fullchunk', 'postprocessed']);

/** Turns chunk NBT of any version since 1.13 into canonical chunks. One per thread: it remembers names and keeps scratch memory. */
export class ChunkDecoder {
  readonly #names = new NbtNames();
  readonly #palettes: PaletteNames;
  readonly #volumes: VolumeMaker;
  readonly #biomes = new BiomeMaker();
  readonly #light = new LightMaker();
  readonly #air: StateId;
  readonly #uniform = new WeakMap<BlockVolume, WeakMap<BiomeVolume, Section>>();

  constructor(kit: Pick<WorldKit, 'tables' | 'states'>) {
    this.#palettes = new PaletteNames(kit.tables, kit.states);
    this.#volumes = new VolumeMaker(kit.states);
    this.#air = kit.states.idOf('minecraft:air');
  }

  /** Refuses with `import.too-old` or `import.chunk-damaged`. */
  decode(bytes: Uint8Array, input: DecodeInput): DecodedChunk {
    try {
      return this.#decode(scanChunk(bytes, this.#names), input);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return refuse('import.chunk-damaged', { ...error.facts, reason: String(error.facts['reason'] ?? error.code) });
    }
  }

  #decode(scanned: ScannedChunk, input: DecodeInput): DecodedChunk {
    const { dataVersion } = scanned;
    if (dataVersion < IMPORTED_DATA_VERSION_MIN) return refuse('import.too-old', { dataVersion });
    const isAtPlace = (scanned.x ?? input.x) === input.x && (scanned.z ?? input.z) === input.z;
    if (!isAtPlace) return refuse('import.chunk-damaged', { reason: 'misplaced', x: scanned.x, z: scanned.z });
    // A finished chunk of before 1.18 that vanilla was still digging below: what people built is all there.
    if (!FINISHED.has(scanned.status) && !FINISHED.has(scanned.statusAbove)) return { kind: 'unfinished' };
    const { shape } = input;
    const sections = this.#sections(scanned, shape);
    if (!('list' in sections)) return sections;
    const chunk: Chunk = {
      x: input.x,
      z: input.z,
      minSection: shape.minSection,
      sections: sections.list,
      blockEntities: blockEntitiesOf(scanned, input),
      ticks: { block: compounds(scanned, scanned.blockTicks), fluid: compounds(scanned, scanned.fluidTicks) },
      dataVersion,
      origin: input.origin,
      entities: input.entities,
      poi: input.poi,
      light: scanned.lightIsOn ? this.#light.fromSave(scanned.sections, scanned.bytes, shape) : null,
    };
    return { kind: 'chunk', chunk, translated: sections.translated, entities: scanned.entities };
  }

  #sections(scanned: ScannedChunk, shape: DimensionShape): { readonly list: Section[]; readonly translated: boolean } | Refusal {
    const renames = this.#palettes.renames(scanned.dataVersion);
    const list = new Array<Section | undefined>(shape.sectionCount).fill(undefined);
    const air = this.#volumes.uniform(this.#air);
    let translated = scanned.biomes !== null;
    for (const scannedSection of scanned.sections) {
      const index = scannedSection.y - shape.minSection;
      const inside = index >= 0 && index < shape.sectionCount;
      if (!inside) continue;
      const blocks = scannedSection.palette.length === 0 ? { volume: air, translated: false } : this.#blocks(scanned, scannedSection);
      if (blocks === null) return refuse('import.chunk-damaged', { reason: 'block states', section: scannedSection.y });
      const biomes = this.#biomesOf(scanned, scannedSection, scannedSection.y, renames);
      if (biomes === null) return refuse('import.chunk-damaged', { reason: 'biomes', section: scannedSection.y });
      translated ||= blocks.translated || scannedSection.biomePalette.some((name) => renames.toNewBiome(name) !== name);
      list[index] = this.#section(blocks.volume, biomes);
    }
    for (let i = 0; i < list.length; i++) {
      list[i] ??= this.#section(air, this.#biomesOf(scanned, null, shape.minSection + i, renames) ?? this.#biomes.missing);
    }
    return { list: list as Section[], translated };
  }

  #blocks(scanned: ScannedChunk, section: ScannedSection): { readonly volume: BlockVolume; readonly translated: boolean } | null {
    const { palette: spans, data } = section;
    const palette: StateId[] = [];
    let translated = false;
    for (let i = 0; i < spans.length; i += 2) {
      const entry = this.#palettes.find(scanned.bytes, spans[i]!, spans[i + 1]!, scanned.dataVersion);
      palette.push(entry.state);
      translated ||= entry.translated;
    }
    const packing = scanned.dataVersion < PACKED_BY_LONGS_SINCE ? 'tight' : 'padded';
    const volume = this.#volumes.fromSave(palette, scanned.bytes, data, packing);
    return volume === null ? null : { volume, translated };
  }

  #biomesOf(scanned: ScannedChunk, section: ScannedSection | null, y: number, renames: Renames): BiomeVolume | null {
    if (scanned.biomes !== null) return this.#biomes.fromNumbers(scanned.biomes, scanned.bytes, y, renames);
    return section === null ? this.#biomes.missing : this.#biomes.fromSection(section, scanned.bytes, renames);
  }

  /** Sections that are the same all through are one object: most of the sky. */
  #section(blocks: BlockVolume, biomes: BiomeVolume): Section {
    if (blocks.bits !== 0 || biomes.indices !== null) return { blocks, biomes };
    let byBiomes = this.#uniform.get(blocks);
    if (byBiomes === undefined) {
      byBiomes = new WeakMap();
      this.#uniform.set(blocks, byBiomes);
    }
    let section = byBiomes.get(biomes);
    if (section === undefined) {
      section = { blocks, biomes };
      byBiomes.set(biomes, section);
    }
    return section;
  }
}

/** Those inside the chunk, the last one where two are at one place. The others stay in the origin alone, as vanilla ignores them. */
function blockEntitiesOf(scanned: ScannedChunk, { x, z }: DecodeInput): ReadonlyMap<number, NbtCompound> {
  const found = new Map<number, NbtCompound>();
  for (const tag of compounds(scanned, scanned.blockEntities)) {
    const key = blockEntityKey(tag, { x, z });
    if (key !== null) found.set(key, tag);
  }
  return found;
}

/** Null for one without a position in this chunk. */
export function blockEntityKey(tag: NbtCompound, chunk: { readonly x: number; readonly z: number }): number | null {
  const x = nbt.getNumber(tag, 'x');
  const y = nbt.getNumber(tag, 'y');
  const z = nbt.getNumber(tag, 'z');
  if (x === null || y === null || z === null || x >> 4 !== chunk.x || z >> 4 !== chunk.z) return null;
  return localKey({ x, y, z });
}

function compounds(scanned: ScannedChunk, list: ScannedList | null): readonly NbtCompound[] {
  if (list === null) return [];
  return (readNbtAt(scanned.bytes, 'list', list.start) as NbtList).value.flatMap((tag) => (tag.type === 'compound' ? [tag] : []));
}
