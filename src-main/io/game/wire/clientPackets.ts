import type { State } from './state.ts';

/** NBT and longs as minecraft-protocol gives them. */
export type WireNbt = { readonly type: string; readonly value: unknown };
export type WireLong = readonly [high: number, low: number];
export interface WirePosition {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export type WireSlot =
  | { readonly itemCount: 0 }
  | {
      readonly itemCount: number;
      readonly itemId: number;
      readonly addedComponentCount: number;
      readonly removedComponentCount: number;
      readonly components: readonly WireComponent[];
      readonly removeComponents: readonly { readonly type: string }[];
    };

export interface WireComponent {
  readonly type: string;
  readonly data?: unknown;
}

export interface WireSettings {
  readonly locale: string;
  readonly viewDistance: number;
  readonly chatFlags: number;
  readonly skinParts: number;
  readonly mainHand: number;
  readonly enableServerListing: boolean;
}

/** What clients send and we act on, by packet name; the codec guarantees the shapes. */
export interface ClientPackets {
  set_protocol: { readonly protocolVersion: number; readonly serverHost: string; readonly serverPort: number; readonly nextState: number };
  ping_start: object;
  ping: { readonly time: WireLong };
  login_start: { readonly username: string; readonly playerUUID: string };
  encryption_begin: { readonly sharedSecret: Buffer; readonly verifyToken: Buffer };
  login_acknowledged: object;
  select_known_packs: { readonly packs: readonly { readonly namespace: string; readonly id: string; readonly version: string }[] };
  finish_configuration: object;
  settings: WireSettings;
  keep_alive: { readonly keepAliveId: WireLong };
  teleport_confirm: { readonly teleportId: number };
  chat_command: { readonly command: string };
  chat_command_signed: { readonly command: string };
  chat_message: { readonly message: string };
  chunk_batch_received: { readonly chunksPerTick: number };
  client_command: { readonly actionId: string };
  tab_complete: { readonly transactionId: number; readonly text: string };
  window_click: {
    readonly windowId: number;
    readonly stateId: number;
    readonly slot: number;
    readonly mouseButton: number;
    readonly mode: number;
    readonly changedSlots: readonly { readonly location: number; readonly item: WireSlot }[];
    readonly cursorItem: WireSlot;
  };
  close_window: { readonly windowId: number };
  pick_item: { readonly slot: number };
  use_entity: { readonly target: number; readonly mouse: number; readonly hand?: number; readonly sneaking: boolean };
  position: WirePosition & { readonly onGround: boolean };
  position_look: WirePosition & { readonly yaw: number; readonly pitch: number; readonly onGround: boolean };
  look: { readonly yaw: number; readonly pitch: number; readonly onGround: boolean };
  flying: { readonly onGround: boolean };
  abilities: { readonly flags: number };
  block_dig: { readonly status: number; readonly location: WirePosition; readonly face: number; readonly sequence: number };
  entity_action: { readonly actionId: string };
  held_item_slot: { readonly slotId: number };
  set_creative_slot: { readonly slot: number; readonly item: WireSlot };
  update_sign: {
    readonly location: WirePosition;
    readonly isFrontText: boolean;
    readonly text1: string;
    readonly text2: string;
    readonly text3: string;
    readonly text4: string;
  };
  arm_animation: { readonly hand: number };
  block_place: {
    readonly hand: number;
    readonly location: WirePosition;
    readonly direction: number;
    readonly cursorX: number;
    readonly cursorY: number;
    readonly cursorZ: number;
    readonly insideBlock: boolean;
    readonly sequence: number;
  };
  use_item: { readonly hand: number; readonly sequence: number; readonly rotation: { readonly x: number; readonly y: number } };
}

export type ClientPacket = {
  readonly [K in keyof ClientPackets]: { readonly name: K; readonly params: ClientPackets[K] };
}[keyof ClientPackets];

type Names = ReadonlySet<string>;

const PLAY = `settings keep_alive teleport_confirm chat_command chat_command_signed chat_message chunk_batch_received client_command tab_complete
  window_click close_window use_entity position position_look look flying abilities block_dig pick_item entity_action held_item_slot
  set_creative_slot update_sign arm_animation block_place use_item`;

/** Packets that are parsed, by state. */
export const HANDLED: Readonly<Record<State, Names>> = {
  handshaking: new Set(['set_protocol']),
  status: new Set(['ping_start', 'ping']),
  login: new Set(['login_start', 'encryption_begin', 'login_acknowledged']),
  configuration: new Set(['select_known_packs', 'finish_configuration', 'settings', 'keep_alive']),
  play: new Set(PLAY.split(/\s+/)),
};

/** What is done with each packet; those without an entry are ignored. */
export type PacketHandlers = { readonly [K in keyof ClientPackets]?: (params: ClientPackets[K]) => void };

export function handle(handlers: PacketHandlers, packet: ClientPacket): void {
  const handler = handlers[packet.name] as ((params: ClientPacket['params']) => void) | undefined;
  handler?.(packet.params);
}
