import type { Uuid } from '../../../../src-shared/units/index.ts';
import type { WireNbt, WirePosition, WireSlot } from './clientPackets.ts';

type Angle = number;

export interface SpawnInfo {
  readonly dimension: number;
  readonly name: string;
  readonly hashedSeed: bigint;
  readonly gamemode: string;
  readonly previousGamemode: number;
  readonly isDebug: boolean;
  readonly isFlat: boolean;
  readonly death: undefined;
  readonly portalCooldown: number;
}

export interface MetadataEntry {
  readonly key: number;
  readonly type: string;
  readonly value: unknown;
}

export interface CommandNode {
  readonly flags: {
    readonly unused: 0;
    readonly has_custom_suggestions: 0 | 1;
    readonly has_redirect_node: 0;
    readonly has_command: 0 | 1;
    readonly command_node_type: 0 | 1 | 2;
  };
  readonly children: readonly number[];
  readonly extraNodeData?: {
    readonly name: string;
    readonly parser?: string;
    readonly properties?: unknown;
    readonly suggestionType?: string;
  };
}

export interface PlayerInfo {
  readonly uuid: Uuid;
  readonly player?: { readonly name: string; readonly properties: readonly ProfileProperty[] };
  readonly gamemode?: number;
  readonly listed?: number;
  readonly latency?: number;
}

export interface ProfileProperty {
  readonly name: string;
  readonly value: string;
  readonly signature?: string;
}

/** What we send through the general codec, by packet name. */
export interface ServerPackets {
  // Status and login
  server_info: { readonly response: string };
  ping: { readonly time: readonly [number, number] };
  disconnect: { readonly reason: string | WireNbt };
  encryption_begin: {
    readonly serverId: string;
    readonly publicKey: Buffer;
    readonly verifyToken: Buffer;
    readonly shouldAuthenticate: boolean;
  };
  compress: { readonly threshold: number };
  success: {
    readonly uuid: Uuid;
    readonly username: string;
    readonly properties: readonly ProfileProperty[];
    readonly strictErrorHandling: boolean;
  };
  // Configuration
  custom_payload: { readonly channel: string; readonly data: Buffer };
  feature_flags: { readonly features: readonly string[] };
  select_known_packs: { readonly packs: readonly { readonly namespace: string; readonly id: string; readonly version: string }[] };
  registry_data: { readonly id: string; readonly entries: readonly { readonly key: string; readonly value?: unknown }[] };
  tags: {
    readonly tags: readonly {
      readonly tagType: string;
      readonly tags: readonly { readonly tagName: string; readonly entries: readonly number[] }[];
    }[];
  };
  finish_configuration: object;
  // The player
  login: {
    readonly entityId: number;
    readonly isHardcore: boolean;
    readonly worldNames: readonly string[];
    readonly maxPlayers: number;
    readonly viewDistance: number;
    readonly simulationDistance: number;
    readonly reducedDebugInfo: boolean;
    readonly enableRespawnScreen: boolean;
    readonly doLimitedCrafting: boolean;
    readonly worldState: SpawnInfo;
    readonly enforcesSecureChat: boolean;
  };
  respawn: { readonly worldState: SpawnInfo; readonly copyMetadata: number };
  difficulty: { readonly difficulty: string; readonly difficultyLocked: boolean };
  abilities: { readonly flags: number; readonly flyingSpeed: number; readonly walkingSpeed: number };
  held_item_slot: { readonly slot: number };
  declare_recipes: { readonly recipes: readonly never[] };
  declare_commands: { readonly nodes: readonly CommandNode[]; readonly rootIndex: number };
  entity_status: { readonly entityId: number; readonly entityStatus: number };
  position: WirePosition & { readonly yaw: number; readonly pitch: number; readonly flags: object; readonly teleportId: number };
  update_health: { readonly health: number; readonly food: number; readonly foodSaturation: number };
  experience: { readonly experienceBar: number; readonly level: number; readonly totalExperience: number };
  death_combat_event: { readonly playerId: number; readonly message: WireNbt };
  keep_alive: { readonly keepAliveId: bigint };
  kick_disconnect: { readonly reason: WireNbt };
  server_data: { readonly motd: WireNbt; readonly iconBytes?: Buffer };
  spawn_position: { readonly location: WirePosition; readonly angle: number };
  update_time: { readonly age: bigint; readonly time: bigint };
  game_state_change: { readonly reason: string; readonly gameMode: number };
  update_view_position: { readonly chunkX: number; readonly chunkZ: number };
  update_view_distance: { readonly viewDistance: number };
  simulation_distance: { readonly distance: number };
  initialize_world_border: {
    readonly x: number;
    readonly z: number;
    readonly oldDiameter: number;
    readonly newDiameter: number;
    readonly speed: number;
    readonly portalTeleportBoundary: number;
    readonly warningBlocks: number;
    readonly warningTime: number;
  };
  set_ticking_state: { readonly tick_rate: number; readonly is_frozen: boolean };
  // Chat and the list of players
  system_chat: { readonly content: WireNbt; readonly isActionBar: boolean };
  profileless_chat: {
    readonly message: WireNbt;
    readonly type: { readonly chatType: number };
    readonly name: WireNbt;
    readonly target: undefined;
  };
  tab_complete: {
    readonly transactionId: number;
    readonly start: number;
    readonly length: number;
    readonly matches: readonly { readonly match: string; readonly tooltip: undefined }[];
  };
  player_info: { readonly action: Readonly<Record<string, boolean>>; readonly data: readonly PlayerInfo[] };
  player_remove: { readonly players: readonly Uuid[] };
  // Chunks and blocks
  chunk_batch_start: object;
  chunk_batch_finished: { readonly batchSize: number };
  unload_chunk: { readonly chunkX: number; readonly chunkZ: number };
  block_change: { readonly location: WirePosition; readonly type: number };
  multi_block_change: { readonly chunkCoordinates: WirePosition; readonly records: readonly number[] };
  tile_entity_data: { readonly location: WirePosition; readonly action: number; readonly nbtData: WireNbt | undefined };
  acknowledge_player_digging: { readonly sequenceId: number };
  block_break_animation: { readonly entityId: number; readonly location: WirePosition; readonly destroyStage: number };
  block_action: { readonly location: WirePosition; readonly byte1: number; readonly byte2: number; readonly blockId: number };
  world_event: { readonly effectId: number; readonly location: WirePosition; readonly data: number; readonly global: boolean };
  sound_effect: WirePosition & {
    readonly sound: { readonly soundId: number };
    readonly soundCategory: string;
    readonly volume: number;
    readonly pitch: number;
    readonly seed: bigint;
  };
  open_sign_entity: { readonly location: WirePosition; readonly isFrontText: boolean };
  // Windows
  open_window: { readonly windowId: number; readonly inventoryType: number; readonly windowTitle: WireNbt };
  close_window: { readonly windowId: number };
  window_items: {
    readonly windowId: number;
    readonly stateId: number;
    readonly items: readonly WireSlot[];
    readonly carriedItem: WireSlot;
  };
  set_slot: { readonly windowId: number; readonly stateId: number; readonly slot: number; readonly item: WireSlot };
  craft_progress_bar: { readonly windowId: number; readonly property: number; readonly value: number };
  // Entities
  spawn_entity: WirePosition & {
    readonly entityId: number;
    readonly objectUUID: string;
    readonly type: number;
    readonly pitch: Angle;
    readonly yaw: Angle;
    readonly headPitch: Angle;
    readonly objectData: number;
    readonly velocity: WirePosition;
  };
  entity_metadata: { readonly entityId: number; readonly metadata: readonly MetadataEntry[] };
  entity_equipment: { readonly entityId: number; readonly equipments: readonly { readonly slot: number; readonly item: WireSlot }[] };
  entity_destroy: { readonly entityIds: readonly number[] };
  rel_entity_move: { readonly entityId: number; readonly dX: number; readonly dY: number; readonly dZ: number; readonly onGround: boolean };
  entity_move_look: {
    readonly entityId: number;
    readonly dX: number;
    readonly dY: number;
    readonly dZ: number;
    readonly yaw: Angle;
    readonly pitch: Angle;
    readonly onGround: boolean;
  };
  entity_look: { readonly entityId: number; readonly yaw: Angle; readonly pitch: Angle; readonly onGround: boolean };
  entity_teleport: WirePosition & { readonly entityId: number; readonly yaw: Angle; readonly pitch: Angle; readonly onGround: boolean };
  entity_head_rotation: { readonly entityId: number; readonly headYaw: Angle };
  entity_velocity: { readonly entityId: number; readonly velocity: WirePosition };
  animation: { readonly entityId: number; readonly animation: number };
  hurt_animation: { readonly entityId: number; readonly yaw: number };
  damage_event: {
    readonly entityId: number;
    readonly sourceTypeId: number;
    readonly sourceCauseId: number;
    readonly sourceDirectId: number;
    readonly sourcePosition: undefined;
  };
  collect: { readonly collectedEntityId: number; readonly collectorEntityId: number; readonly pickupItemCount: number };
  entity_effect: {
    readonly entityId: number;
    readonly effectId: number;
    readonly amplifier: number;
    readonly duration: number;
    readonly flags: number;
  };
  remove_entity_effect: { readonly entityId: number; readonly effectId: number };
  set_passengers: { readonly entityId: number; readonly passengers: readonly number[] };
}
