import { randomBytes } from 'node:crypto';
import { parentPort, serveInterface, serveParent, type ServedInterface } from '../bridge/index.ts';
import { buildNode, gameAddress, type GameAddress, type PeerholdNode } from '../node/index.ts';
import { AppError } from '../../src-shared/errors/index.ts';
import { preparePage } from './page.ts';
import { removeInterfaceFile, writeInterfaceFile } from './session.ts';
import { PRODUCT_VERSION } from './version.ts';
import { isSet, textOf, type Typed } from './words.ts';

const GAME = '127.0.0.1:25565';
const UI = '127.0.0.1:0';

export interface RunningNode {
  readonly node: PeerholdNode;
  readonly ui: string | null;
  close(): Promise<void>;
}

/** `peerhold node`: 1. take the folder. 2. serve the interface. 3. tell that it can be used. 4. start again what was running. */
export async function startNode(typed: Typed, dataFolder: string, print: (line: string) => void): Promise<RunningNode> {
  const json = isSet(typed, 'json');
  const node = await buildNode({
    dataFolder,
    game: addressOf(typed, 'game', GAME),
    auth: authOf(typed),
    announce: !isSet(typed, 'no-discovery'),
    observer: isSet(typed, 'observer'),
    version: PRODUCT_VERSION,
  });
  try {
    const served = await serve(typed, node);
    const ui = served?.url ?? null;
    node.listening({ ui, listen: [] });
    if (served !== null) await writeInterfaceFile(dataFolder, { pid: process.pid, url: served.url });
    const printed = node.log.onLine((line) =>
      json ? print(JSON.stringify({ event: line.event, at: line.at, ...line.facts })) : undefined,
    );
    await node.resume();
    const status = await node.api.node.status();
    const ready = { event: 'ready', pid: process.pid, peerId: node.peerId, ui, game: status.ok ? status.value.game : null, listen: [] };
    print(json ? JSON.stringify(ready) : `Peerhold is ready: ${ui ?? 'no interface'}`);
    const leave = once(() => close(node, served, dataFolder, printed));
    const shell = parentPort();
    if (shell !== null) serveParent(shell, { api: node.api, leave, notice: (name, facts) => node.log.warn(name, facts) });
    return { node, ui, close: leave };
  } catch (fault) {
    await node.close();
    throw fault;
  }
}

/** The shell may ask and the process be told: one leaving serves both. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= work());
}

async function close(node: PeerholdNode, served: ServedInterface | null, dataFolder: string, stopPrinting: () => void): Promise<void> {
  await node.close();
  stopPrinting();
  await removeInterfaceFile(dataFolder);
  await served?.close();
}

async function serve(typed: Typed, node: PeerholdNode): Promise<ServedInterface | null> {
  const address = addressOf(typed, 'ui', UI);
  if (address === null) return null;
  return serveInterface({
    ...address,
    token: randomBytes(24).toString('base64url'),
    password: textOf(typed, 'password') ?? process.env['PEERHOLD_PASSWORD'] ?? null,
    api: node.api,
    pageFolder: await preparePage(),
    notice: (event, facts) => node.log.warn(event, facts),
  });
}

function addressOf(typed: Typed, option: 'game' | 'ui', otherwise: string): GameAddress | null {
  const text = textOf(typed, option) ?? otherwise;
  return text === 'off' ? null : gameAddress(text, `--${option}`);
}

function authOf(typed: Typed): 'mojang' | 'offline' {
  const auth = textOf(typed, 'auth') ?? 'mojang';
  if (auth !== 'mojang' && auth !== 'offline') throw new AppError('node.bad-option', { option: '--auth', value: auth });
  return auth;
}
