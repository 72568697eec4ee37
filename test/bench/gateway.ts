import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FrameCutter, frame, unpack } from '../../src-main/io/game/wire/frames.ts';
import { readVarint } from '../../src-main/io/game/wire/varint.ts';
import type { BenchRow } from './row.ts';

const require = createRequire(import.meta.url);
const ROUNDS = 5;
const VIEW_DISTANCE = 10;
const DEADLINE_MILLIS = 60_000;
/** Chunks around the player that both servers send at this view distance. */
const CHUNKS = 400;

interface Visit {
  readonly spawnMillis: number;
  readonly chunksPerSecond: number;
}

/**
 * Time from the connection to being in the world with the first chunk, and chunks a second after that, for one client that counts packets
 * and parses none. Both servers in processes of their own, flat worlds, the same client, in turns.
 */
export async function benchGateway(): Promise<readonly BenchRow[]> {
  const ours = await startServer('ours', 'flat');
  const squid = await startServer('squid', 'flat');
  const visits: Record<'ours' | 'squid', Visit[]> = { ours: [], squid: [] };
  try {
    // One visit each to warm up.
    await visit(ours.port, 'Warm');
    await visit(squid.port, 'Warm');
    for (let round = 0; round < ROUNDS; round++) {
      visits.ours.push(await visit(ours.port, `Client${round}`));
      visits.squid.push(await visit(squid.port, `Client${round}`));
    }
  } finally {
    await Promise.all([stop(ours.child), stop(squid.child)]);
  }
  const spawnOurs = median(visits.ours.map(({ spawnMillis }) => spawnMillis));
  const spawnPeer = median(visits.squid.map(({ spawnMillis }) => spawnMillis));
  const rateOurs = median(visits.ours.map(({ chunksPerSecond }) => chunksPerSecond));
  const ratePeer = median(visits.squid.map(({ chunksPerSecond }) => chunksPerSecond));
  return [
    { name: 'connect to spawn, flat world', ours: spawnOurs, peer: spawnPeer, ratio: spawnPeer / spawnOurs, unit: 'ms' },
    { name: 'chunks to one client, flat world', ours: rateOurs, peer: ratePeer, ratio: rateOurs / ratePeer, unit: 'chunks/s' },
    ...(await terrainRows()),
  ];
}

/** Generated terrain without a peer: the first client pays for light and encoding, the second gets what was encoded for the first. */
async function terrainRows(): Promise<readonly BenchRow[]> {
  const { child, port } = await startServer('ours', 'plain');
  try {
    const first = await visit(port, 'First', true);
    const second = await visit(port, 'Second', true);
    for (const { socket } of staying.splice(0)) socket.destroy();
    return [
      {
        name: 'chunks to the first client, terrain, light computed',
        ours: first.chunksPerSecond,
        peer: null,
        ratio: null,
        unit: 'chunks/s',
      },
      { name: 'chunks to the second client, terrain', ours: second.chunksPerSecond, peer: null, ratio: null, unit: 'chunks/s' },
    ];
  } finally {
    await stop(child);
  }
}

const staying: { readonly socket: Socket }[] = [];

async function startServer(
  kind: 'ours' | 'squid',
  terrain: 'flat' | 'plain',
): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'gatewayServer.ts'), kind, terrain], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = Number(line);
    if (Number.isInteger(port) && port > 0) return { child, port };
  }
  throw new Error(`${kind} did not start`);
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** Joins, counts until enough chunks have come, leaves. */
async function visit(port: number, name: string, stays = false): Promise<Visit> {
  const client = new CountingClient(port, name);
  const result = await client.counted;
  if (stays) staying.push(client);
  else client.socket.destroy();
  return result;
}

type State = 'login' | 'configuration' | 'play';

const NAMES = {
  compress: 3,
  success: 2,
  selectKnownPacks: 0x0e,
  finishConfiguration: 0x03,
  chunkBatchFinished: 0x0c,
  mapChunk: 0x27,
  position: 0x40,
  keepAlive: 0x26,
};

const SETTINGS = {
  locale: 'en_us',
  viewDistance: VIEW_DISTANCE,
  chatFlags: 0,
  chatColors: true,
  skinParts: 127,
  mainHand: 1,
  enableTextFiltering: false,
  enableServerListing: true,
};

/** As little of a client as servers take for one. Asks for as many chunks as it can get. */
class CountingClient {
  readonly socket: Socket;
  readonly counted: Promise<Visit>;
  readonly #started = performance.now();
  readonly #cutter = new FrameCutter(8 * 1024 * 1024);
  #state: State = 'login';
  #compressed = false;
  #positioned = 0;
  #first = 0;
  #chunks = 0;
  #done!: (visit: Visit) => void;

  constructor(port: number, name: string) {
    const { promise, resolve, reject } = Promise.withResolvers<Visit>();
    this.counted = promise;
    this.#done = resolve;
    const deadline = setTimeout(() => reject(new Error(`${this.#chunks} chunks in time`)), DEADLINE_MILLIS);
    void promise.finally(() => clearTimeout(deadline)).catch(() => undefined);
    this.socket = connect(port, '127.0.0.1');
    this.socket.setNoDelay(true);
    this.socket.on('error', reject);
    this.socket.on('connect', () => {
      this.#write('handshaking', 'set_protocol', { protocolVersion: 767, serverHost: '127.0.0.1', serverPort: port, nextState: 2 });
      this.#write('login', 'login_start', { username: name, playerUUID: '00000000-0000-0000-0000-000000000000' });
    });
    this.socket.on('data', (bytes: Buffer) => {
      for (const cut of this.#cutter.push(bytes)) this.#packet(cut);
    });
  }

  #packet(cut: Buffer): void {
    const packet = this.#compressed ? unpack(cut) : cut;
    const id = readVarint(packet, 0)!.value;
    if (this.#state === 'login') this.#login(id);
    else if (this.#state === 'configuration') this.#configure(id);
    else this.#play(id, packet);
  }

  #login(id: number): void {
    if (id === NAMES.compress) this.#compressed = true;
    if (id !== NAMES.success) return;
    this.#write('login', 'login_acknowledged', {});
    this.#state = 'configuration';
    this.#write('configuration', 'settings', SETTINGS);
  }

  #configure(id: number): void {
    if (id === NAMES.selectKnownPacks) this.#write('configuration', 'select_known_packs', { packs: [] });
    if (id !== NAMES.finishConfiguration) return;
    this.#write('configuration', 'finish_configuration', {});
    this.#state = 'play';
  }

  #play(id: number, packet: Buffer): void {
    const now = performance.now();
    if (id === NAMES.mapChunk) {
      this.#chunks += 1;
      if (this.#first === 0) this.#first = now;
      if (this.#chunks === CHUNKS) this.#finish(now);
    } else if (id === NAMES.chunkBatchFinished) this.#write('play', 'chunk_batch_received', { chunksPerTick: 1000 });
    else if (id === NAMES.position && this.#positioned === 0) {
      this.#positioned = now;
      this.#write('play', 'teleport_confirm', { teleportId: packet.at(-1) ?? 0 });
      // flying-squid hears of the view distance only here, and goes on only when the client moves.
      this.#write('play', 'settings', SETTINGS);
      const moving = setInterval(() => this.#write('play', 'flying', { onGround: true }), 50);
      this.socket.on('close', () => clearInterval(moving));
    }
  }

  #finish(now: number): void {
    const spawned = Math.max(this.#first, this.#positioned);
    this.#done({ spawnMillis: spawned - this.#started, chunksPerSecond: (CHUNKS - 1) / ((now - this.#first) / 1000) });
  }

  #write(state: string, name: string, params: object): void {
    const packet = serializer(state).createPacketBuffer({ name, params });
    this.socket.write(frame(packet, this.#compressed));
  }
}

function serializer(state: string): { createPacketBuffer(packet: { readonly name: string; readonly params: object }): Buffer } {
  return require('minecraft-protocol').createSerializer({ state, isServer: false, version: '1.21.1' });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
