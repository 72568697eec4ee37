/**
 * A server for `gateway.ts`, in a process of its own: `node gatewayServer.ts ours|squid flat|plain`. Prints its port. `plain` terrain (ours only) is
 * generated before, so that only showing it is measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestHost } from '../e2e/game/host.ts';

const VIEW_DISTANCE = 10;
const [kind, terrain] = process.argv.slice(2);

if (kind === 'ours') {
  const generator = { kind: terrain === 'plain' ? 'plain' : 'flat', version: 1 } as const;
  const spawn = { pos: { x: 8, y: terrain === 'plain' ? 150 : -60, z: 8 }, angle: 0 };
  const host = await TestHost.start({ gateway: { viewDistance: VIEW_DISTANCE }, council: { generator, spawn } });
  for (let x = -13; x <= 13; x++) for (let z = -13; z <= 13; z++) host.stateAt(x * 16, 0, z * 16);
  console.log(host.gateway.port);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'peerhold-squid-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.on('SIGTERM', () => process.exit(0));
  const squid = createRequire(import.meta.url)('flying-squid');
  const server = squid.createMCServer({
    motd: 'bench',
    host: '127.0.0.1',
    port: 0,
    'max-players': 10,
    'online-mode': false,
    logging: false,
    gameMode: 1,
    difficulty: 1,
    worldFolder: join(folder, 'world'),
    generation: { name: 'superflat', options: {} },
    kickTimeout: 10_000,
    plugins: {},
    modpe: false,
    'view-distance': VIEW_DISTANCE,
    'player-list-text': { header: { text: '' }, footer: { text: '' } },
    'everybody-op': false,
    'max-entities': 100,
    version: '1.21.1',
  });
  server.on('ready', () => console.log(server._server.socketServer.address().port));
}
