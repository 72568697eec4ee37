/** Bytes between nodes, by peer id. Unordered across kinds, ordered within a kind; may be lost when a connection ends. */
export interface Transport {
  readonly self: string;
  send(peer: string, kind: TrafficKind, frame: Uint8Array): void;
  onFrame(listener: (peer: string, kind: TrafficKind, frame: Uint8Array) => void): void;
  onPeer(listener: (peer: string, state: 'connected' | 'gone') => void): void;
  close(): Promise<void>;
}

/** Highest priority first. */
export type TrafficKind = 'agreement' | 'proposal' | 'command' | 'presence' | 'chunk' | 'task' | 'gossip' | 'bulk';
