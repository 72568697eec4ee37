import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../src-shared/contract/index.ts';
import { isErrorCode, type ErrorCode } from '../../src-shared/errors/index.ts';
import { PORT_MESSAGE, type DesktopHost } from './host.ts';
import { offer } from './key.ts';

export type Client = ContractRouterClient<Contract>;

/** One connection to the node, from open to closed. It never comes back; a new one is opened. */
export interface Line {
  readonly client: Client;
  /** Why it ended: what the node said, or that it is gone. */
  readonly closed: Promise<ErrorCode>;
  close(): void;
}

export type OpenLine = () => Promise<Line>;

/** Over the page's own address. A refused key is an open line that closes at once with its reason. */
export function openSocketLine(key: () => string): Promise<Line> {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/`, offer(key()));
  const closed = new Promise<ErrorCode>((resolve) => {
    socket.addEventListener('close', (event) => resolve(isErrorCode(event.reason) ? event.reason : 'bridge.connection-lost'));
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => {
      resolve({ client: createORPCClient<Client>(new SocketLink({ websocket: socket })), closed, close: () => socket.close() });
    });
    socket.addEventListener('error', () => reject(new Error('no connection')));
  });
}

/** Over a port to the node's process that the shell passes in. */
export function openPortLine(host: DesktopHost): Promise<Line> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
      window.removeEventListener('message', receive);
      const closed = new Promise<ErrorCode>((done) => {
        port.addEventListener('close', () => done('bridge.connection-lost'));
      });
      const client = createORPCClient<Client>(new PortLink({ port }));
      port.start();
      resolve({ client, closed, close: () => port.close() });
    };
    window.addEventListener('message', receive);
    host.getBridgePort();
  });
}
