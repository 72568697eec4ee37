import type { Catalogue } from '../door.ts';

export type FactTable = Parameters<Catalogue['addFact']>[0];

/** Where a catalogue is kept. */
export interface CatalogueBody extends Catalogue {
  close(): void;
}
