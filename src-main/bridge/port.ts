import type { NodeApi } from '../node/index.ts';
import { createHandler, type Notice } from './router.ts';
import { serveWire, type Wire } from './wire.ts';

/** A MessagePort of the web or of worker threads, or Electron's MessagePortMain. */
export type BridgePort = WebPort | ElectronPort;

interface WebPort {
  postMessage(frame: string): void;
  addEventListener(type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void;
  start(): void;
  close(): void;
}

interface ElectronPort {
  postMessage(frame: string): void;
  on(type: 'message' | 'close', listener: (event?: { readonly data?: unknown }) => void): unknown;
  start(): void;
  close(): void;
}

/** Serves one window over its port. Whoever holds the port is trusted to be the window: the shell handed it over. */
export function servePort(port: BridgePort, api: NodeApi, notice: Notice = () => {}): void {
  serveWire(createHandler(api, notice), wireOf(port), { now: () => performance.now(), notice });
  port.start();
}

function wireOf(port: BridgePort): Wire {
  const listen = (type: 'message' | 'close', listener: (data: unknown) => void): void => {
    if ('addEventListener' in port) port.addEventListener(type, (event) => listener(event.data));
    else port.on(type, (event) => listener(event?.data));
  };
  return {
    send(frame) {
      port.postMessage(frame);
      return Promise.resolve();
    },
    onFrame: (listener) => listen('message', listener),
    onClose: (listener) => listen('close', () => listener()),
    close: () => port.close(),
  };
}
