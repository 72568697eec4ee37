import type { DimensionName } from '../../../src-shared/units/index.ts';
import { createKit, encodeChunk, generateChunk, type CouncilView, type WorldKit } from '../../core/world/index.ts';
import { buildTables } from '../../io/game/index.ts';
import { createHasher } from '../../io/platform/index.ts';

export interface GenerateInput {
  readonly version: '1.21.1';
  readonly seed: bigint;
  readonly generator: CouncilView['generator'];
  readonly dimension: DimensionName;
  readonly x: number;
  readonly z: number;
}

declare module '../../ports/jobs.ts' {
  interface JobKinds {
    /** One chunk that nobody has touched, in the canonical encoding. */
    readonly generate: { readonly input: GenerateInput; readonly output: Uint8Array };
  }
}

let kit: Promise<WorldKit> | null = null;

export async function run(input: GenerateInput): Promise<Uint8Array> {
  kit ??= createHasher().then((hasher) => createKit(buildTables(input.version), (bytes) => hasher.digest(bytes)));
  const built = await kit;
  return encodeChunk(generateChunk(input, built), built);
}

export function runTransfer(output: Uint8Array): readonly ArrayBuffer[] {
  return [output.buffer as ArrayBuffer];
}
