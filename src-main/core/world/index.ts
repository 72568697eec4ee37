export type * from './door.ts';
export type * from './model/chunk.ts';
export type * from './model/commands.ts';
export type * from './model/effects.ts';
export type * from './model/entity.ts';
export * from './model/items.ts';
export type * from './model/player.ts';
export type * from './model/rule.ts';
export type * from './model/state.ts';
export type * from './model/states.ts';
export type * from './model/tables.ts';
export { createStates, formatStateName, parseStateName, resolveState } from './chunk/states.ts';
export {
  biomeAt,
  biomeVolume,
  blockAt,
  blockIndex,
  blockVolume,
  readBlocks,
  readIndices,
  uniformBiomes,
  uniformVolume,
  withBlock,
} from './chunk/volume.ts';
export { advance, advanceAccountable } from './advance.ts';
export { neededChunks } from './advanceNeeds.ts';
export { validate } from './validate.ts';
export { createRules } from './rules/index.ts';
export { ChunkEncoder, chunkName, decodeChunk, encodeChunk } from './codec/chunk.ts';
export { uniformLevels } from './codec/light.ts';
export { nameOfEncoded } from './codec/parts.ts';
export { createKit } from './kit.ts';
export { checkMove, startMoving, type MoveContext, type Moved, type Movement, type MoveState } from './validateMove.ts';
export * from './items/index.ts';
export { decodeEffects, decodePayload, encodeEffects, encodePayload, type Payload } from './codec/payload.ts';
export { blobsOfManifest, createShard, entitiesOfEncoded, openShard, referencesOf, sourceOfEncoded } from './state/open.ts';
export { computeLight, createLightScratch, LIGHT_NEIGHBOURS } from './light/computeLight.ts';
export { findSpawn, generateChunk, GENERATOR_VERSION, type GenerateRequest } from './generate/generate.ts';
export { blockInChunk, heightmapOf, topBlockY, type HeightmapKind } from './chunk/surface.ts';
export { addToInventory, keyArgument, newPlayer, parseArgument, textArgument, type Argument } from './rules/players/index.ts';
export { reachesItem } from './rules/entities/index.ts';
export { commandTree, completeCommand, isOperator, type CommandNode } from './rules/slash/index.ts';
