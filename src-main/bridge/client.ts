import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { Contract } from '../../src-shared/contract/index.ts';
import { AppError, refusalOf, type Result } from '../../src-shared/errors/index.ts';
import { protocolsFor } from './guard.ts';

export type ContractClient = ContractRouterClient<Contract>;

export interface InterfaceConnection {
  readonly client: ContractClient;
  close(): void;
}

/** Connects a program (the command line, a test) to a served interface. `url` as `serveInterface` gave it. Throws `node.not-running`, `bridge.unauthorized`. */
export async function connectInterface(url: string): Promise<InterfaceConnection> {
  const { host, hash } = new URL(url);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const socket = new WebSocket(`ws://${host}/`, [...protocolsFor(token)], { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', (cause) => reject(new AppError('node.not-running', { address: host }, { cause })));
  });
  socket.on('error', () => socket.terminate());
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return { client: createORPCClient<ContractClient>(link), close: () => socket.close() };
}

/** The contract's answer as a Result again. Anything but a refusal means that the line broke: `bridge.connection-lost`. */
export async function ask<T>(answer: Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await answer };
  } catch (error) {
    return refusalOf(error) ?? { ok: false, code: 'bridge.connection-lost', facts: {} };
  }
}
