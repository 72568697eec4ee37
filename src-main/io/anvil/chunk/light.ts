import { uniformLevels, type SectionLight } from '../../../core/world/index.ts';
import type { ScannedSection } from './scan.ts';

export const LIGHT_BYTES = 2048;
const LAYER_BYTES = 128;

/** What vanilla leaves out, as it reads it back: one per thread, shared by all chunks. */
export class LightMaker {
  readonly #dark = uniformLevels(0);
  readonly #bright = uniformLevels(15);

  /**
   * Light from one section below `minSection` to one above the last; views of `bytes` where stored. Null when sky light is stored
   * nowhere though there is a sky: the save lost it. Absent block light is 0; absent sky light is that of the lowest layer of the next
   * stored section above, full above all of them (`SkyLightSectionStorage`).
   */
  fromSave(
    sections: readonly ScannedSection[],
    bytes: Uint8Array,
    shape: { readonly minSection: number; readonly sectionCount: number; readonly hasSkyLight: boolean },
  ): readonly SectionLight[] | null {
    const sky = new Map<number, Uint8Array>();
    const block = new Map<number, Uint8Array>();
    for (const section of sections) {
      if (section.sky?.count === LIGHT_BYTES) sky.set(section.y, bytes.subarray(section.sky.start, section.sky.start + LIGHT_BYTES));
      if (section.block?.count === LIGHT_BYTES)
        block.set(section.y, bytes.subarray(section.block.start, section.block.start + LIGHT_BYTES));
    }
    if (shape.hasSkyLight && sky.size === 0) return null;
    const count = shape.sectionCount + 2;
    const light = new Array<SectionLight>(count);
    let above = this.#bright;
    for (let i = count - 1; i >= 0; i--) {
      const y = shape.minSection - 1 + i;
      const stored = sky.get(y);
      light[i] = { sky: shape.hasSkyLight ? (stored ?? above) : null, block: block.get(y) ?? this.#dark };
      if (stored !== undefined) above = this.#belowOf(stored);
    }
    return light;
  }

  /** The lowest layer of a section, all the way down. */
  #belowOf(levels: Uint8Array): Uint8Array {
    const layer = levels.subarray(0, LAYER_BYTES);
    if (layer.every((byte) => byte === 0)) return this.#dark;
    if (layer.every((byte) => byte === 0xff)) return this.#bright;
    const out = new Uint8Array(LIGHT_BYTES);
    for (let at = 0; at < LIGHT_BYTES; at += LAYER_BYTES) out.set(layer, at);
    return out;
  }
}
