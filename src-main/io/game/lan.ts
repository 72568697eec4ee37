import { createSocket } from 'node:dgram';
import type { Clock } from '../../ports/index.ts';

/** Where vanilla clients listen for worlds in the local network. Source: https://minecraft.wiki/w/Open_to_LAN */
export const LAN_GROUP = '224.0.2.60';
export const LAN_PORT = 4445;
const EVERY_MILLIS = 1500;
const LOOPBACK = '127.0.0.1';

export interface Announcement {
  stop(): void;
}

/**
 * Tells clients on this machine that a world can be joined, as an open single-player world does. Only on the loopback and with no hop
 * to go: clients take the address from the sender, and every player's own machine announces for itself.
 */
export function announceOnLan(clock: Clock, motd: () => string, port: number): Announcement {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  let cancel: (() => void) | null = null;
  let closed = false;
  const announce = (): void => {
    const text = `[MOTD]${motd().replaceAll(/[[\]\n]/g, ' ')}[/MOTD][AD]${port}[/AD]`;
    socket.send(text, LAN_PORT, LAN_GROUP, () => undefined);
    cancel = clock.after(EVERY_MILLIS, announce);
  };
  const stop = (): void => {
    if (closed) return;
    closed = true;
    cancel?.();
    socket.close();
  };
  // A machine without multicast has no list to appear in; the world runs on.
  socket.on('error', stop);
  socket.bind(0, () => {
    if (closed) return;
    try {
      socket.setMulticastInterface(LOOPBACK);
      socket.setMulticastTTL(0);
      socket.setMulticastLoopback(true);
      // Without a member on the loopback, the system delivers nothing there.
      socket.addMembership(LAN_GROUP, LOOPBACK);
    } catch {
      stop();
      return;
    }
    announce();
  });
  return { stop };
}
