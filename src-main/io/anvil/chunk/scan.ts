import { NbtSkim, type NbtNames } from '../../../../src-shared/nbt/index.ts';

/** Where the parts of a chunk stand in its NBT: offsets, nothing built. */
export interface ScannedChunk {
  readonly bytes: Uint8Array;
  /** 0 when it does not say. */
  readonly dataVersion: number;
  readonly x: number | null;
  readonly z: number | null;
  /** Without "minecraft:"; '' when it does not say. */
  readonly status: string;
  /** The status that it had before 1.18 began to dig below it; '' when it says none. */
  readonly statusAbove: string;
  readonly lightIsOn: boolean;
  readonly sections: readonly ScannedSection[];
  /** Numbers of biomes before 1.18: bytes of int32. */
  readonly biomes: Span | null;
  readonly blockEntities: ScannedList | null;
  readonly blockTicks: ScannedList | null;
  readonly fluidTicks: ScannedList | null;
  /** Entities that stand in the chunk itself. */
  readonly entities: number;
}

export interface ScannedSection {
  y: number;
  /** Block states: payloads of compounds `palette[2 i]` to `palette[2 i + 1]`. */
  palette: number[];
  /** Packed indices: bytes of int64. */
  data: Span | null;
  biomePalette: string[];
  biomeData: Span | null;
  sky: Span | null;
  block: Span | null;
}

export interface Span {
  readonly start: number;
  /** Elements of the array. */
  readonly count: number;
}

/** A list of compounds, still in bytes. */
export interface ScannedList {
  /** Of the list's payload. */
  readonly start: number;
  readonly count: number;
}

type Draft = { -readonly [K in keyof ScannedChunk]: ScannedChunk[K] };

/**
 * Reads a chunk's NBT from any version since 1.13 once, front to back; tags come in any order. Throws AppError `nbt.malformed`. What is
 * not there, or of another type, is as if it were not said.
 */
export function scanChunk(bytes: Uint8Array, names: NbtNames): ScannedChunk {
  const skim = new NbtSkim(bytes, names);
  const draft: Draft = {
    bytes,
    dataVersion: 0,
    x: null,
    z: null,
    status: '',
    statusAbove: '',
    lightIsOn: false,
    sections: [],
    biomes: null,
    blockEntities: null,
    blockTicks: null,
    fluidTicks: null,
    entities: 0,
  };
  skim.root();
  scanTags(skim, draft, true);
  return draft;
}

/** The tags of the root and, before 1.18, of `Level`: names never mean two things in the two places. */
function scanTags(skim: NbtSkim, draft: Draft, isRoot: boolean): void {
  for (let name = skim.next(); name !== null; name = skim.next()) {
    switch (name) {
      case 'DataVersion':
        draft.dataVersion = skim.number() ?? 0;
        break;
      case 'Level':
        if (isRoot && skim.type === 'compound') scanTags(skim, draft, false);
        else skim.skip();
        break;
      case 'xPos':
        draft.x = skim.number();
        break;
      case 'zPos':
        draft.z = skim.number();
        break;
      case 'Status':
        draft.status = shortName(skim.text());
        break;
      case 'below_zero_retrogen':
        if (skim.compound()) draft.statusAbove = scanTargetStatus(skim);
        break;
      case 'isLightOn':
        draft.lightIsOn = skim.number() === 1;
        break;
      case 'sections':
      case 'Sections':
        draft.sections = scanSections(skim);
        break;
      case 'Biomes':
        draft.biomes = scanArray(skim, 'intArray');
        break;
      case 'block_entities':
      case 'TileEntities':
        draft.blockEntities = scanList(skim);
        break;
      case 'block_ticks':
      case 'TileTicks':
        draft.blockTicks = scanList(skim);
        break;
      case 'fluid_ticks':
      case 'LiquidTicks':
        draft.fluidTicks = scanList(skim);
        break;
      case 'entities':
      case 'Entities':
        draft.entities = scanList(skim)?.count ?? 0;
        break;
      default:
        skim.skip();
    }
  }
}

function scanTargetStatus(skim: NbtSkim): string {
  let status = '';
  for (let name = skim.next(); name !== null; name = skim.next()) {
    if (name === 'target_status') status = shortName(skim.text());
    else skim.skip();
  }
  return status;
}

function shortName(name: string | null): string {
  return (name ?? '').replace(/^minecraft:/, '');
}

function scanSections(skim: NbtSkim): readonly ScannedSection[] {
  const sections: ScannedSection[] = [];
  for (let left = skim.list('compound'); left > 0; left--) sections.push(scanSection(skim));
  return sections;
}

function scanSection(skim: NbtSkim): ScannedSection {
  const section: ScannedSection = { y: Number.NaN, palette: [], data: null, biomePalette: [], biomeData: null, sky: null, block: null };
  for (let name = skim.next(); name !== null; name = skim.next()) {
    switch (name) {
      case 'Y':
        section.y = skim.number() ?? Number.NaN;
        break;
      case 'Palette':
        section.palette = scanPalette(skim);
        break;
      case 'BlockStates':
        section.data = scanArray(skim, 'longArray');
        break;
      case 'block_states':
        if (skim.compound()) scanBlockStates(skim, section);
        break;
      case 'biomes':
        if (skim.compound()) scanBiomes(skim, section);
        break;
      case 'SkyLight':
        section.sky = scanArray(skim, 'byteArray');
        break;
      case 'BlockLight':
        section.block = scanArray(skim, 'byteArray');
        break;
      default:
        skim.skip();
    }
  }
  return section;
}

function scanBlockStates(skim: NbtSkim, section: ScannedSection): void {
  for (let name = skim.next(); name !== null; name = skim.next()) {
    if (name === 'palette') section.palette = scanPalette(skim);
    else if (name === 'data') section.data = scanArray(skim, 'longArray');
    else skim.skip();
  }
}

function scanBiomes(skim: NbtSkim, section: ScannedSection): void {
  for (let name = skim.next(); name !== null; name = skim.next()) {
    if (name === 'palette') section.biomePalette = scanTexts(skim);
    else if (name === 'data') section.biomeData = scanArray(skim, 'longArray');
    else skim.skip();
  }
}

function scanPalette(skim: NbtSkim): number[] {
  const spans: number[] = [];
  for (let left = skim.list('compound'); left > 0; left--) {
    skim.element('compound');
    spans.push(skim.start, skim.at);
  }
  return spans;
}

function scanTexts(skim: NbtSkim): string[] {
  const texts: string[] = [];
  for (let left = skim.list('string'); left > 0; left--) texts.push(skim.textElement());
  return texts;
}

function scanArray(skim: NbtSkim, type: 'byteArray' | 'intArray' | 'longArray'): Span | null {
  const count = skim.array(type);
  return count < 0 ? null : { start: skim.start, count };
}

function scanList(skim: NbtSkim): ScannedList | null {
  if (skim.type !== 'list') {
    skim.skip();
    return null;
  }
  const start = skim.at;
  const count = skim.list('compound');
  for (let left = count; left > 0; left--) skim.element('compound');
  return count === 0 ? null : { start, count };
}
