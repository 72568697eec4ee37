import { AppError } from '../../../../src-shared/errors/index.ts';
import { chunkKey, type ChunkKey } from '../../../../src-shared/units/index.ts';
import { decodeChunk } from '../../../core/world/index.ts';
import type { ViewUpdate } from '../door.ts';
import { Body } from '../entities/body.ts';
import { readSavedEntities, type SavedEntity } from '../entities/saved.ts';
import type { GameContext } from './context.ts';
import type { DimensionView } from './dimensionView.ts';

/** Puts a chunk from the node into the view, with what stands in it. False: it can not be had. */
export function receiveChunk(
  context: GameContext,
  view: DimensionView,
  { x, z, name, chunk, entities }: Extract<ViewUpdate, { type: 'chunk' }>,
): boolean {
  if (view.has(chunkKey(x, z))) return true;
  if (chunk === null) return false;
  try {
    view.put(decodeChunk(chunk, context.kit), name);
    if (entities !== null) addSaved(context, view, entities);
    return true;
  } catch (fault) {
    if (fault instanceof AppError) return false;
    throw fault;
  }
}

/** Nobody looks at the chunk any more: it goes, and what stood in it only for the eye. */
export function releaseChunk(view: DimensionView, key: ChunkKey): void {
  for (const viewer of view.viewers) if (viewer.wants(key)) return;
  view.drop(key);
  for (const body of view.bodies.in(key)) if (body.key.startsWith('saved:')) view.bodies.remove(body);
}

function addSaved(context: GameContext, view: DimensionView, bytes: Uint8Array): void {
  const { dataVersion, entities } = readSavedEntities(bytes);
  const shown = new Map<string, Body>();
  for (const entity of entities) {
    const body = savedBody(context, view, entity, dataVersion);
    if (body === null) continue;
    shown.set(entity.uuid, body);
    const vehicle = entity.vehicle === null ? undefined : shown.get(entity.vehicle);
    if (vehicle !== undefined) vehicle.passengers = [...vehicle.passengers, body.eid];
  }
  for (const body of shown.values()) view.bodies.add(body);
}

/** null for what can not be drawn, and for what play has taken over already. */
function savedBody(context: GameContext, view: DimensionView, entity: SavedEntity, dataVersion: number): Body | null {
  const kind = context.looks.kind(entity.kind);
  const key = `saved:${entity.uuid}` as const;
  if (kind === null || view.bodies.get(key) !== null) return null;
  const { uuid, pose, velocity } = entity;
  return new Body(key, context.eids.next(), { uuid, look: context.looks.ofNbt(kind, entity.nbt, dataVersion), pose, velocity });
}
