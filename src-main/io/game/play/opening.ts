import { createHash } from 'node:crypto';
import { GAME_PLAYERS_SHOWN_MAX, SIMULATION_DISTANCE_CHUNKS } from '../../../../src-shared/config/index.ts';
import type { CouncilView, DimensionInfo, Player } from '../../../core/world/index.ts';
import { plainText } from '../text/component.ts';
import type { ServerPackets, SpawnInfo } from '../wire/serverPackets.ts';
import type { GameContext } from './context.ts';
import { abilities, sendEffects, sendExperience, sendHealth } from './ownPlayer.ts';
import { ADD_PLAYER, playerInfo, type Roster } from './roster.ts';
import type { Session } from './session.ts';
import { skyPackets, timePacket, type Sky } from './sky.ts';

export interface OpeningFacts {
  readonly council: CouncilView;
  readonly motd: string;
  readonly icon: Uint8Array | null;
  readonly roster: Roster;
  readonly dimension: DimensionInfo;
  readonly sky: Sky;
  readonly commands: ServerPackets['declare_commands'];
}

/** Permission levels of players as entity statuses. Source: https://minecraft.wiki/w/Java_Edition_protocol/Entity_statuses#Player */
const LEVEL_STATUS = 24;
const OPERATOR_LEVEL = 4;
/** "Undefined": no game mode to go back to. */
const NO_GAME_MODE = 255;
/** Diameter of the border that is none (vanilla). */
const NO_BORDER_BLOCKS = 59_999_968;

/**
 * What a client gets when its player enters the world, in vanilla's order (`PlayerList.placeNewPlayer` of 1.21.1): login, difficulty,
 * abilities, held slot, recipes, level, commands, position, server data, players, then the level: border, time, spawn, weather, start
 * of chunks. Items and chunks follow from the session. `place` sends the position.
 */
export function sendOpening(context: GameContext, session: Session, facts: OpeningFacts, place: () => void): void {
  const { connection, player } = session;
  const { council } = facts;
  connection.send('login', {
    entityId: session.eid,
    isHardcore: council.hardcore,
    worldNames: context.tables.dimensions.map(({ name }) => name),
    maxPlayers: GAME_PLAYERS_SHOWN_MAX,
    viewDistance: context.viewDistance,
    simulationDistance: SIMULATION_DISTANCE_CHUNKS,
    reducedDebugInfo: council.gameRules.get('reducedDebugInfo') === 'true',
    enableRespawnScreen: council.gameRules.get('doImmediateRespawn') !== 'true',
    doLimitedCrafting: council.gameRules.get('doLimitedCrafting') === 'true',
    worldState: spawnInfo(context, facts, player),
    enforcesSecureChat: false,
  });
  connection.send('difficulty', { difficulty: council.difficulty, difficultyLocked: false });
  connection.send('abilities', abilities(player));
  connection.send('held_item_slot', { slot: player.heldSlot });
  connection.send('declare_recipes', { recipes: [] });
  sendLevel(session, council, facts.commands);
  place();
  const icon = facts.icon === null ? {} : { iconBytes: Buffer.from(facts.icon) };
  connection.send('server_data', { motd: plainText(facts.motd), ...icon });
  connection.send('player_info', { action: ADD_PLAYER, data: facts.roster.online().map(playerInfo) });
  sendLevelInfo(session, facts);
  sendState(context, session, facts);
}

/** The player is in another dimension, or alive again: the client forgets its level and gets the new one. */
export function sendRespawn(context: GameContext, session: Session, facts: OpeningFacts, place: () => void): void {
  const { connection, player } = session;
  connection.send('respawn', { worldState: spawnInfo(context, facts, player), copyMetadata: 0 });
  place();
  connection.send('abilities', abilities(player));
  sendLevelInfo(session, facts);
  sendState(context, session, facts);
}

/** What an operator may do shows in the client's own menus and suggestions. */
export function sendLevel(session: Session, council: CouncilView, commands: ServerPackets['declare_commands']): void {
  const level = council.operators.has(session.uuid) ? OPERATOR_LEVEL : 0;
  session.connection.send('entity_status', { entityId: session.eid, entityStatus: LEVEL_STATUS + level });
  session.connection.send('declare_commands', commands);
}

function sendLevelInfo({ connection }: Session, { council, sky }: OpeningFacts): void {
  connection.send('initialize_world_border', {
    x: 0,
    z: 0,
    oldDiameter: NO_BORDER_BLOCKS,
    newDiameter: NO_BORDER_BLOCKS,
    speed: 0,
    portalTeleportBoundary: NO_BORDER_BLOCKS / 2,
    warningBlocks: 5,
    warningTime: 15,
  });
  connection.send('update_time', timePacket(sky));
  connection.send('spawn_position', { location: council.spawn.pos, angle: council.spawn.angle });
  for (const packet of skyPackets(sky.weather)) connection.send('game_state_change', packet);
  connection.send('game_state_change', { reason: 'level_chunks_load_start', gameMode: 0 });
  connection.send('set_ticking_state', { tick_rate: 20, is_frozen: false });
}

function sendState(context: GameContext, session: Session, { sky }: OpeningFacts): void {
  const { connection, player, eid } = session;
  sendHealth(connection, player);
  sendExperience(connection, player);
  sendEffects(context, { connection, eid, tick: sky.tick }, [], player.statusEffects);
}

function spawnInfo(context: GameContext, { council, dimension }: OpeningFacts, { gameMode }: Player): SpawnInfo {
  return {
    dimension: context.ids.dimension(dimension.type),
    name: dimension.name,
    hashedSeed: hashedSeed(council.seed),
    gamemode: gameMode,
    previousGamemode: NO_GAME_MODE,
    isDebug: false,
    isFlat: council.generator.kind === 'flat' || council.generator.kind === 'void',
    death: undefined,
    portalCooldown: 0,
  };
}

/** First 8 bytes of the seed's SHA-256, both little-endian (`BiomeManager.obfuscateSeed`): clients blend biomes with it. */
export function hashedSeed(seed: bigint): bigint {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt.asIntN(64, seed));
  return createHash('sha256').update(bytes).digest().readBigInt64LE(0);
}
