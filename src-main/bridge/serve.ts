import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { BRIDGE_CONNECTIONS_MAX, BRIDGE_FRAME_BYTES_MAX, BRIDGE_SILENCE_MILLIS_MAX } from '../../src-shared/config/index.ts';
import { AppError, type ErrorCode } from '../../src-shared/errors/index.ts';
import type { NodeApi } from '../node/index.ts';
import { isKey, isLoopback, isOurHost, isOurOrigin, keyOffered, openWrongKeys, PROTOCOL, type HostRule } from './guard.ts';
import { answerEmpty, answerPage, loadPage } from './page.ts';
import { createHandler, type Handler, type Notice } from './router.ts';
import { serveWire, type Wire } from './wire.ts';

export interface InterfaceOptions {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Random, at least 128 bits, new at every start. */
  readonly token: string;
  /** Needed for any address that is not this machine's loopback; accepted in place of the token. */
  readonly password: string | null;
  /** Further names that the address bar may show (a NAS, a proxy in front). */
  readonly names?: readonly string[];
  readonly api: NodeApi;
  /** The built page. */
  readonly pageFolder: string;
  readonly notice?: Notice;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}

export interface ServedInterface {
  /** With the token behind `#`, which browsers never send. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Why a line was ended, as WebSocket close code; the reason is the error code. */
const CLOSE_CODES: Partial<Record<ErrorCode, number>> = {
  'bridge.unauthorized': 4401,
  'bridge.bad-request': 4400,
  'bridge.frame-too-large': 1009,
  'bridge.rate-limited': 4429,
};

/**
 * Serves page and contract over HTTP and WebSocket. Throws `node.public-address-without-password`, `node.port-taken`, `node.bad-option`
 * (an address this machine does not have), `bridge.page-missing`.
 */
export async function serveInterface(options: InterfaceOptions): Promise<ServedInterface> {
  const loopback = isLoopback(options.host);
  if (!loopback && (options.password ?? '') === '') throw new AppError('node.public-address-without-password', { host: options.host });
  const page = await loadPage(options.pageFolder);
  const server = createServer({ maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 10_000 });
  server.maxConnections = 4 * BRIDGE_CONNECTIONS_MAX;
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const rule: HostRule = { port, public: !loopback, names: options.names ?? [] };
  server.on('request', (request, response) => {
    if (isOurHost(request.headers.host, rule)) answerPage(page, request, response);
    else answerEmpty(response, 421);
  });
  const lines = serveLines(server, options, rule);
  const shown = shownHost(options.host);
  return {
    url: `http://${shown}:${port}/#token=${options.token}`,
    host: options.host,
    port,
    async close() {
      lines.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server, { host, port }: InterfaceOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE' || cause.code === 'EACCES';
      const facts = taken ? { host, port } : { option: 'ui', value: `${host}:${port}` };
      reject(new AppError(taken ? 'node.port-taken' : 'node.bad-option', facts, { cause }));
    });
    server.listen({ host: host.replace(/^\[|\]$/g, ''), port }, resolve);
  });
}

function shownHost(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === '0.0.0.0' || bare === '::') return '127.0.0.1';
  return bare.includes(':') ? `[${bare}]` : bare;
}

/** 1. Whose host, whose page? Else no WebSocket at all. 2. Which key? A wrong one hears why and is closed. 3. The contract. */
function serveLines(server: Server, options: InterfaceOptions, rule: HostRule): { close(): void } {
  const notice = options.notice ?? (() => {});
  const now = options.now ?? (() => performance.now());
  const handler: Handler = createHandler(options.api, notice);
  const keys = [options.token, ...(options.password === null ? [] : [options.password])];
  const wrongKeys = openWrongKeys(now);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: BRIDGE_FRAME_BYTES_MAX,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  });
  const verdict = (request: IncomingMessage): ErrorCode | null => {
    const address = request.socket.remoteAddress ?? '';
    if (sockets.clients.size > BRIDGE_CONNECTIONS_MAX || wrongKeys.tooMany(address)) return 'bridge.rate-limited';
    if (isKey(keyOffered(request.headers['sec-websocket-protocol']), keys)) return null;
    wrongKeys.add(address);
    return 'bridge.unauthorized';
  };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host, origin } = request.headers;
    socket.on('error', () => socket.destroy());
    if (!isOurHost(host, rule) || !isOurOrigin(origin, host)) {
      notice('bridge.stranger-refused', { host: host ?? null, origin: origin ?? null });
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const code = verdict(request);
      const wire = wireOf(client);
      if (code === null) serveWire(handler, wire, { now, notice });
      else wire.close(code);
    });
  });
  const stopPinging = pingAll(sockets);
  return {
    close() {
      stopPinging();
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function wireOf(client: WebSocket): Wire {
  client.on('error', () => client.terminate());
  return {
    send: (frame) =>
      new Promise((resolve) => {
        client.send(frame, () => resolve());
      }),
    onFrame: (listener) => {
      client.on('message', (data, binary) => listener(binary ? data : (data as Buffer).toString('utf8')));
    },
    onClose: (listener) => {
      client.on('close', listener);
    },
    close: (code) => client.close(CLOSE_CODES[code] ?? 4400, code),
  };
}

/** A laptop that went to sleep leaves its connection behind: who has not answered the last ping is ended. */
function pingAll(sockets: WebSocketServer): () => void {
  const silent = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const client of sockets.clients) {
      if (silent.has(client)) {
        client.terminate();
        continue;
      }
      silent.add(client);
      client.once('pong', () => silent.delete(client));
      client.ping();
    }
  }, BRIDGE_SILENCE_MILLIS_MAX / 2);
  timer.unref();
  return () => clearInterval(timer);
}
