import type { Chunk, Section } from '../model/chunk.ts';
import type { BlockStates } from '../model/states.ts';
import { uniformBiomes, uniformVolume } from './volume.ts';

/** Biome where a chunk says nothing at all (vanilla's fallback). */
const NOWHERE = 'minecraft:plains';

/**
 * The chunk with exactly the sections of its dimension: air above and below what it has, in the biome of the nearest section. The
 * same chunk when it fits already. `minY` and `height` in blocks.
 */
export function fitToHeight(
  chunk: Chunk,
  { minY, height }: { readonly minY: number; readonly height: number },
  states: BlockStates,
): Chunk {
  const minSection = minY >> 4;
  const count = height >> 4;
  if (chunk.minSection === minSection && chunk.sections.length === count) return chunk;
  const air = uniformVolume(states.idOf('minecraft:air'), states);
  const sections = Array.from({ length: count }, (_, index): Section => {
    const at = index + minSection - chunk.minSection;
    const here = chunk.sections[at];
    if (here !== undefined) return here;
    const nearest = at < 0 ? chunk.sections[0] : chunk.sections.at(-1);
    // Biomes are laid out by y: above the top its highest layer would be right, and one of its names is near enough.
    return { blocks: air, biomes: uniformBiomes(nearest?.biomes.palette[0] ?? NOWHERE) };
  });
  return { ...chunk, minSection, sections, light: null };
}
