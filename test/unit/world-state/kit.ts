import { createBLAKE3 } from 'hash-wasm';
import { createKit, type WorldKit } from '../../../src-main/core/world/index.ts';
import { buildTables } from '../../../src-main/io/game/index.ts';

const blake3 = await createBLAKE3();

export function digest(bytes: Uint8Array): Uint8Array {
  return blake3.init().update(bytes).digest('binary');
}

/** A kit of its own per call: what one interns, the other does not know. */
export function newKit(): WorldKit {
  return createKit(buildTables('1.21.1'), digest);
}
