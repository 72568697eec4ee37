import { createStates } from './chunk/states.ts';
import type { Digest, WorldKit } from './door.ts';
import { EntityChunks } from './entityChunks.ts';
import type { GameTables } from './model/tables.ts';

export function createKit(tables: GameTables, digest: Digest): WorldKit {
  return { tables, states: createStates(tables), digest, hashes: new WeakMap(), entityChunks: new EntityChunks(), airSections: new Map() };
}
