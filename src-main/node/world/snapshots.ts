import type { WorldSnapshot } from '../../../src-shared/contract/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import type { Store } from '../../io/store/index.ts';
import type { Genesis } from '../worldFolder.ts';

/** What the catalogue keeps of one snapshot: heights and state roots of all groups at one moment. */
export interface SnapshotFact {
  readonly lineage: number;
  readonly wall: number;
  readonly council: { readonly height: number; readonly root: Hash };
  readonly shards: Readonly<Record<string, { readonly height: number; readonly root: Hash }>>;
}

const SHOWN_MAX = 1000;

/** Newest first. */
export function listSnapshots(store: Store): readonly WorldSnapshot[] {
  return factsOf(store).map((fact) => ({ id: idOf(fact), at: fact.wall, height: heightOf(fact), lineage: fact.lineage }));
}

/**
 * A founding that starts where the snapshot stands, in a new lineage: nothing signed before it can be mistaken for a vote in it. Throws
 * `world.snapshot-not-found`, `store.blob-missing`.
 */
export function genesisAt(store: Store, genesis: Genesis, id: string): Genesis {
  const fact = factsOf(store).find((other) => idOf(other) === id);
  if (fact === undefined) throw new AppError('world.snapshot-not-found', { snapshot: id });
  const roots = new Map([
    ['council', fact.council.root],
    ...Object.entries(fact.shards).map(([group, { root }]) => [group, root] as const),
  ]);
  const groups = genesis.groups.map(({ group, stateRoot }) => ({ group, stateRoot: roots.get(group) ?? stateRoot }));
  for (const { stateRoot } of groups) if (!store.blobs.has(stateRoot)) throw new AppError('store.blob-missing', { name: stateRoot });
  return { world: genesis.world, lineage: genesis.lineage + 1, groups };
}

function factsOf(store: Store): readonly SnapshotFact[] {
  return store.catalogue.facts('snapshots', SHOWN_MAX).map(({ value }) => JSON.parse(value) as SnapshotFact);
}

function idOf(fact: SnapshotFact): string {
  return `${fact.lineage}-${heightOf(fact)}`;
}

function heightOf(fact: SnapshotFact): number {
  return fact.shards['overworld']?.height ?? 0;
}
