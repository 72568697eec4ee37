import { ByteReader, ByteWriter } from '../../../../src-shared/wire/index.ts';
import type { SectionLight } from '../model/chunk.ts';

export const LIGHT_BYTES = 2048;

/** All 0 and all 15: shared by all sections that are so. Light arrays are never changed or transferred. */
export const DARK: Uint8Array = new Uint8Array(LIGHT_BYTES);
export const BRIGHT: Uint8Array = new Uint8Array(LIGHT_BYTES).fill(0xff);

/** 0 = absent, 1..16 = the same level minus 1 everywhere, 17 = 2,048 bytes. */
const EVERY_LEVEL = 1;
const BYTES = 17;

export function encodeLight(light: readonly SectionLight[] | null): Uint8Array {
  const writer = new ByteWriter(light === null ? 1 : 4096);
  putLight(writer, light);
  return writer.view();
}

/** The tail of a chunk blob: whether there is light, then sky and block light of each section. */
export function putLight(writer: ByteWriter, light: readonly SectionLight[] | null): void {
  writer.bool(light !== null);
  for (const { sky, block } of light ?? []) {
    putLevels(writer, sky);
    putLevels(writer, block);
  }
}

export function decodeLight(bytes: Uint8Array, sections: number): readonly SectionLight[] | null {
  const reader = new ByteReader(bytes);
  if (!reader.bool()) {
    reader.end();
    return null;
  }
  const light: SectionLight[] = [];
  for (let i = 0; i < sections + 2; i++) light.push({ sky: takeLevels(reader), block: takeLevels(reader) });
  reader.end();
  return light;
}

function putLevels(writer: ByteWriter, levels: Uint8Array | null): void {
  const uniform = levels === null ? null : uniformLevel(levels);
  if (levels === null) writer.u8(0);
  else if (uniform !== null) writer.u8(EVERY_LEVEL + uniform);
  else {
    writer.u8(BYTES);
    writer.raw(levels);
  }
}

function takeLevels(reader: ByteReader): Uint8Array | null {
  const form = reader.u8();
  if (form === 0) return null;
  if (form < BYTES) return uniformLevels(form - EVERY_LEVEL);
  if (form > BYTES) reader.fail(`light form ${form}`);
  const levels = reader.view(LIGHT_BYTES);
  if (uniformLevel(levels) !== null) reader.fail('uniform light in the long form');
  return levels;
}

export function uniformLevels(level: number): Uint8Array {
  if (level === 0) return DARK;
  return level === 15 ? BRIGHT : new Uint8Array(LIGHT_BYTES).fill(level * 17);
}

function uniformLevel(levels: Uint8Array): number | null {
  if (levels === DARK) return 0;
  if (levels === BRIGHT) return 15;
  const first = levels[0]!;
  if (first >> 4 !== (first & 15)) return null;
  for (let i = 1; i < LIGHT_BYTES; i++) if (levels[i] !== first) return null;
  return first & 15;
}
