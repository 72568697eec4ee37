import { createBLAKE3 } from 'hash-wasm';
import { createKit, type WorldKit } from '../../../src-main/core/world/index.ts';
import { buildTables } from '../../../src-main/io/game/index.ts';

let kit: Promise<WorldKit> | null = null;

/** Minecraft's real tables of 1.21.1 and BLAKE3, once per process. */
export function worldKit(): Promise<WorldKit> {
  kit ??= createBLAKE3().then((blake3) => createKit(buildTables('1.21.1'), (bytes) => blake3.init().update(bytes).digest('binary')));
  return kit;
}
