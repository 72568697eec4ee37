import { chunkKey, localKey, type BlockPos, type ChunkKey, type DimensionName } from '../../../../src-shared/units/index.ts';
import { fromLocalKey, parseChunkKey } from '../../../../src-shared/units/index.ts';
import type { Effect, Entity, StateId } from '../../../core/world/index.ts';
import { toSourceNbt } from '../tables/sourceNbt.ts';
import { Body } from '../entities/body.ts';
import { shared, type GameContext } from './context.ts';
import { keyOfBlock, type DimensionView } from './dimensionView.ts';
import type { PlayerChanges } from './playerChanges.ts';
import { showEvent, type ShowParts } from './showEvents.ts';

/** Time that clients need to play a death before the body goes (vanilla: 20 ticks). */
const DEATH_MILLIS = 1000;

export interface EffectParts extends ShowParts {
  readonly players: PlayerChanges;
  notice(effect: Extract<Effect, { type: 'notice' }>, dimension: DimensionName): void;
  executed(effect: Extract<Effect, { type: 'executed' }>): void;
}

/**
 * Shows the effects of one entry to the clients in its dimension. 1. In order: bodies, players, what is only shown. 2. All changed
 * blocks, section by section. 3. Which commands were executed, so that a client that is told "done" has the blocks already.
 */
export function showEffects(effects: readonly Effect[], dimension: DimensionName, view: DimensionView | null, parts: EffectParts): void {
  const blocks = new Map<ChunkKey, Map<number, StateId>>();
  for (const effect of effects) {
    if (effect.type === 'block') addBlock(blocks, effect.pos, effect.state);
    else if (!showPlayerEffect(effect, dimension, parts) && view !== null) showBodyEffect(effect, view, parts);
  }
  if (view !== null) showBlocks(parts.context, view, blocks);
  for (const effect of effects) if (effect.type === 'executed') parts.executed(effect);
}

/** False: no effect on a player. */
function showPlayerEffect(effect: Effect, dimension: DimensionName, parts: EffectParts): boolean {
  const { players } = parts;
  if (effect.type === 'player') players.put(effect.player, dimension);
  else if (effect.type === 'playerFields') players.change(effect.uuid, effect.fields);
  else if (effect.type === 'slot') players.setSlot(effect.uuid, effect.slot, effect.item);
  else if (effect.type === 'depart') players.depart(effect.uuid);
  else if (effect.type === 'notice') parts.notice(effect, dimension);
  else return false;
  return true;
}

function showBodyEffect(effect: Effect, view: DimensionView, parts: EffectParts): void {
  const { context } = parts;
  if (effect.type === 'blockEntity') {
    view.setBlockEntity(effect.pos, effect.nbt);
    showBlockEntity(context, view, effect.pos);
  } else if (effect.type === 'entity') showEntity(context, view, effect.entity);
  else if (effect.type === 'adoptEntities') {
    for (const entity of effect.entities) showEntity(context, view, entity);
    forgetSaved(view, chunkKey(effect.chunk.x, effect.chunk.z));
  } else if (effect.type === 'entityGone') {
    const body = view.bodies.get(`entity:${effect.id}`);
    if (body === null) return;
    if (effect.reason === 'killed' && body.look.kind.living) removeLater(context, view, body);
    else view.bodies.remove(body);
  } else if (effect.type === 'show') showEvent(effect.event, view, parts);
}

function removeLater(context: GameContext, view: DimensionView, body: Body): void {
  // Under this name a new entity could not come: ids are never used again.
  context.clock.after(DEATH_MILLIS, () => {
    if (view.bodies.get(body.key) === body) view.bodies.remove(body);
  });
}

/** New, moved or changed. One that the save had under the same UUID goes on as the same body. */
export function showEntity(context: GameContext, view: DimensionView, entity: Entity): void {
  const look = context.looks.ofEntity(entity);
  const key = `entity:${entity.id}` as const;
  const saved = view.bodies.get(`saved:${entity.uuid}`);
  if (saved !== null) view.bodies.rename(saved, key);
  const body = view.bodies.get(key);
  if (look === null) {
    if (body !== null) view.bodies.remove(body);
    return;
  }
  if (body === null) {
    view.bodies.add(new Body(key, context.eids.next(), { uuid: entity.uuid, look, pose: entity.pose, velocity: entity.velocity }));
    return;
  }
  view.bodies.show(body, look);
  view.bodies.place(body, entity.pose, { headYaw: entity.pose.yaw, onGround: false });
  const { x, y, z } = body.velocity;
  if (x !== entity.velocity.x || y !== entity.velocity.y || z !== entity.velocity.z) view.bodies.push(body, entity.velocity);
}

/** Entities of the save that stood in this chunk and were not taken over are gone. */
function forgetSaved(view: DimensionView, chunk: ChunkKey): void {
  for (const body of view.bodies.in(chunk)) if (body.key.startsWith('saved:')) view.bodies.remove(body);
}

function addBlock(blocks: Map<ChunkKey, Map<number, StateId>>, pos: BlockPos, state: StateId): void {
  const key = keyOfBlock(pos);
  const chunk = blocks.get(key) ?? new Map<number, StateId>();
  chunk.set(localKey(pos), state);
  blocks.set(key, chunk);
}

function showBlocks(context: GameContext, view: DimensionView, blocks: ReadonlyMap<ChunkKey, ReadonlyMap<number, StateId>>): void {
  for (const [key, changes] of blocks) {
    if (!view.has(key)) continue;
    view.setBlocks(key, changes);
    const viewers = [...view.viewers].filter((viewer) => viewer.sees(key));
    if (viewers.length === 0) continue;
    const { x, z } = parseChunkKey(key);
    for (const [y, edits] of Map.groupBy(changes, ([local]) => local >> 12)) {
      const packet = sectionPacket(context, { x, y, z }, edits);
      for (const { connection } of viewers) connection.sendShared(packet);
    }
  }
}

function sectionPacket(
  context: GameContext,
  section: { readonly x: number; readonly y: number; readonly z: number },
  edits: readonly (readonly [local: number, state: StateId])[],
): ReturnType<typeof shared> {
  const only = edits.length === 1 ? edits[0] : undefined;
  if (only !== undefined) {
    return shared(context, 'block_change', { location: fromLocalKey(section, only[0]), type: context.states.shown(only[1]) });
  }
  // Position inside the section as x, z, y of 4 bits each; ours is y, z, x.
  const records = edits.map(
    ([local, state]) => context.states.shown(state) * 4096 + (((local & 15) << 8) | (((local >> 4) & 15) << 4) | ((local >> 8) & 15)),
  );
  return shared(context, 'multi_block_change', { chunkCoordinates: section, records });
}

/** To those who have the chunk; what can be seen of it only. */
function showBlockEntity(context: GameContext, view: DimensionView, pos: BlockPos): void {
  const found = view.blockEntity(pos);
  const type = found === null ? null : context.blockEntities.typeOf(found.nbt);
  const seen = found === null ? null : context.blockEntities.view(found.nbt, found.dataVersion);
  if (type === null || seen === null) return;
  const packet = shared(context, 'tile_entity_data', { location: pos, action: type, nbtData: toSourceNbt(seen) });
  const key = keyOfBlock(pos);
  for (const viewer of view.viewers) if (viewer.sees(key)) viewer.connection.sendShared(packet);
}
