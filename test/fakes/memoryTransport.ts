import type { Clock, TrafficKind, Transport } from '../../src-main/ports/index.ts';
import type { SeededRandom } from './seededRandom.ts';

/** How one direction between two nodes behaves; all chances are per frame. */
export interface Link {
  /** One-way delay in milliseconds, drawn evenly from the range. */
  readonly millis: readonly [number, number];
  readonly loss: number;
  readonly duplication: number;
  /** Chance that a frame is delivered out of the order of its kind. */
  readonly reordering: number;
  /** Chance that one bit of a frame is flipped, and that its end is missing. */
  readonly bitFlip: number;
  readonly truncation: number;
  /** Frames vanish, and neither side is told: a partition. */
  readonly cut: boolean;
}

export const GOOD_LINK: Link = { millis: [1, 1], loss: 0, duplication: 0, reordering: 0, bitFlip: 0, truncation: 0, cut: false };

/** Several nodes' transports on one thread. Deterministic: time is the clock's, chance the generator's. */
export interface MemoryNetwork {
  /** Connects a new node to every node that is there. */
  join(peer: string): Transport;
  /** Sets one direction; the other stays as it is. */
  setLink(from: string, to: string, change: Partial<Link>): void;
  /** Sets every direction, also of nodes that join later. */
  setAll(change: Partial<Link>): void;
  readonly counts: Readonly<Record<'sent' | 'delivered' | 'lost' | 'duplicated' | 'reordered' | 'damaged', number>>;
}

interface Node {
  readonly peer: string;
  readonly frames: ((peer: string, kind: TrafficKind, frame: Uint8Array) => void)[];
  readonly peers: ((peer: string, state: 'connected' | 'gone') => void)[];
}

export function memoryNetwork({ clock, random }: { readonly clock: Clock; readonly random: SeededRandom }): MemoryNetwork {
  const nodes = new Map<string, Node>();
  const links = new Map<string, Link>();
  /** When the newest frame of a direction and kind arrives: later ones of the kind do not overtake it. */
  const arrivals = new Map<string, number>();
  let everyLink = GOOD_LINK;
  const counts = { sent: 0, delivered: 0, lost: 0, duplicated: 0, reordered: 0, damaged: 0 };
  const linkOf = (from: string, to: string): Link => links.get(`${from} ${to}`) ?? everyLink;

  const deliver = (from: Node, to: string, kind: TrafficKind, frame: Uint8Array): void => {
    const link = linkOf(from.peer, to);
    const target = nodes.get(to);
    const key = `${from.peer} ${to} ${kind}`;
    const wanted = clock.now() + link.millis[0] + random.fraction() * (link.millis[1] - link.millis[0]);
    const overtakes = link.reordering > 0 && random.chance(link.reordering);
    const at = overtakes ? wanted : Math.max(wanted, arrivals.get(key) ?? 0);
    if (overtakes) counts.reordered += 1;
    else arrivals.set(key, at);
    clock.after(at - clock.now(), () => {
      // A node that left and came back meanwhile is another connection.
      if (target === undefined || nodes.get(to) !== target || nodes.get(from.peer) !== from) return;
      counts.delivered += 1;
      for (const listener of target.frames) listener(from.peer, kind, Uint8Array.from(frame));
    });
  };

  const send = (from: Node, to: string, kind: TrafficKind, frame: Uint8Array): void => {
    const link = linkOf(from.peer, to);
    counts.sent += 1;
    if (nodes.get(from.peer) !== from || !nodes.has(to) || link.cut || (link.loss > 0 && random.chance(link.loss))) {
      counts.lost += 1;
      return;
    }
    const bytes = damaged(frame, link);
    deliver(from, to, kind, bytes);
    if (link.duplication > 0 && random.chance(link.duplication)) {
      counts.duplicated += 1;
      deliver(from, to, kind, bytes);
    }
  };

  const damaged = (frame: Uint8Array, link: Link): Uint8Array => {
    const bytes = Uint8Array.from(frame);
    if (bytes.length === 0) return bytes;
    if (link.bitFlip > 0 && random.chance(link.bitFlip)) {
      bytes[random.integer(bytes.length)]! ^= 1 << random.integer(8);
      counts.damaged += 1;
    }
    if (link.truncation === 0 || !random.chance(link.truncation)) return bytes;
    counts.damaged += 1;
    return bytes.subarray(0, random.integer(bytes.length));
  };

  const tell = (listeners: Node['peers'], peer: string, state: 'connected' | 'gone'): void => {
    for (const listener of listeners) clock.after(0, () => listener(peer, state));
  };

  return {
    counts,
    setLink: (from, to, change) => void links.set(`${from} ${to}`, { ...linkOf(from, to), ...change }),
    setAll: (change) => {
      everyLink = { ...everyLink, ...change };
      for (const [key, link] of links) links.set(key, { ...link, ...change });
    },
    join: (peer) => {
      if (nodes.has(peer)) throw new RangeError(`${peer} is there already`);
      const self: Node = { peer, frames: [], peers: [] };
      for (const other of nodes.values()) tell(other.peers, peer, 'connected');
      nodes.set(peer, self);
      return {
        self: peer,
        send: (to, kind, frame) => send(self, to, kind, frame),
        onFrame: (listener) => void self.frames.push(listener),
        onPeer: (listener) => {
          self.peers.push(listener);
          for (const other of nodes.keys()) if (other !== peer) tell([listener], other, 'connected');
        },
        close: () => {
          if (nodes.get(peer) === self) nodes.delete(peer);
          for (const other of nodes.values()) tell(other.peers, peer, 'gone');
          return Promise.resolve();
        },
      };
    },
  };
}
