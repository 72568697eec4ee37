import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { refuse } from '../../../src-shared/errors/index.ts';
import type { Browser } from 'playwright-core';
import { accessibilityFindings } from './axe.ts';
import { buildPage, openChromium, withoutChromium } from './chromium.ts';
import { DAMAGED_PLAN, EXPORTED, LOG, PEOPLE, SAVE_PLAYERS, SAVES, WORLDS } from './scenes.ts';
import { onStage, type Stage, type StageOptions } from './stage.ts';

interface Scene {
  readonly name: string;
  readonly options?: StageOptions;
  readonly play?: (stage: Stage) => Promise<void>;
}

const typical: StageOptions = { worlds: WORLDS, saves: SAVES, worldPlayers: SAVE_PLAYERS };

const running = async ({ node }: Stage): Promise<void> => {
  node.publish('worlds', (worlds) =>
    worlds.map((world) =>
      world.name === 'Home town' ? { ...world, state: 'running', address: '127.0.0.1:25565', announced: true } : world,
    ),
  );
  node.publish('players', () => PEOPLE);
};

const copying = async (stage: Stage): Promise<void> => {
  await stage.go('#/share/%2Fhome%2Fanna%2FAmber%20Valley');
  await stage.page.getByRole('button', { name: 'Copy this world' }).click();
  await stage.page.getByText('Waiting for its turn').waitFor();
};

const SCENES: readonly Scene[] = [
  { name: 'home-empty' },
  { name: 'home', options: typical },
  {
    name: 'home-running-copying',
    options: { ...typical, jobsRun: false },
    async play(stage) {
      await running(stage);
      await copying(stage);
      stage.node.progress('job-1', { phase: 'chunks', chunksDone: 3021, bytesDone: 27_000_000 });
      await stage.go('#/');
      await stage.page.getByText('Being imported').waitFor();
    },
  },
  {
    name: 'create',
    options: typical,
    async play(stage) {
      await stage.go('#/create');
      await stage.page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'share-choose',
    options: typical,
    play: (stage) => stage.go('#/share'),
  },
  {
    name: 'share-refused',
    options: typical,
    async play(stage) {
      await stage.go('#/share/%2Fno-world');
      await stage.page.getByText('There is no world in that folder').waitFor();
    },
  },
  {
    name: 'share-plan',
    options: typical,
    async play(stage) {
      await stage.go('#/share/%2Fx');
      await stage.page.getByText('What will come along').waitFor();
    },
  },
  {
    name: 'share-plan-damaged',
    options: { ...typical, plan: DAMAGED_PLAN },
    async play(stage) {
      await stage.go('#/share/%2Fx');
      await stage.page.getByText('2 parts can not be read').waitFor();
    },
  },
  {
    name: 'share-progress',
    options: { ...typical, jobsRun: false },
    async play(stage) {
      await copying(stage);
      const progress = { chunksDone: 4127, bytesDone: 40_100_000, chunksPerSecond: 912, bytesPerSecond: 8_300_000, millisLeft: 5300 };
      stage.node.progress('job-1', { phase: 'chunks', ...progress });
      await stage.page.getByText('912 chunks a second').waitFor();
    },
  },
  {
    name: 'share-done',
    options: typical,
    async play(stage) {
      await stage.go('#/share/%2Fx');
      await stage.page.getByRole('button', { name: 'Copy this world' }).click();
      await stage.page.getByText('Exact report').waitFor();
    },
  },
  {
    name: 'share-failed',
    options: { ...typical, jobsRun: false },
    async play(stage) {
      await copying(stage);
      stage.node.finish('job-1', { state: 'failed', finished: 1, problem: { code: 'node.no-space', facts: { path: 'blobs' } } });
      await stage.page.getByText('The disk is full').waitFor();
    },
  },
  {
    name: 'world-running',
    options: typical,
    async play(stage) {
      await running(stage);
      stage.node.publish('jobs', () => [EXPORTED]);
      await stage.go('#/world/Home%20town');
      await stage.page.getByText('Cleo').waitFor();
      await stage.page.getByText('OldBen').waitFor();
    },
  },
  {
    name: 'world-stopped',
    options: typical,
    async play(stage) {
      await stage.go('#/world/Desert%20rally');
      await stage.page.getByText('The world is not running').waitFor();
    },
  },
  {
    name: 'world-start-refused',
    options: typical,
    async play(stage) {
      stage.node.failNext('worlds.start', refuse('node.port-taken', { port: 25565 }));
      await stage.go('#/world/Desert%20rally');
      await stage.page.getByRole('button', { name: 'Start' }).click();
      await stage.page.getByText('Port 25565 is taken').waitFor();
    },
  },
  {
    name: 'world-delete',
    options: typical,
    async play(stage) {
      await stage.go('#/world/Desert%20rally');
      await stage.page.getByRole('button', { name: 'Delete' }).click();
      await stage.page.getByText('Everything in it is gone').waitFor();
    },
  },
  {
    name: 'log',
    options: typical,
    async play(stage) {
      stage.node.publish('log', () => LOG);
      await stage.go('#/log');
      await stage.page.getByText('entry.final').first().waitFor();
    },
  },
  {
    name: 'connection-lost',
    options: typical,
    async play(stage) {
      await stage.served.close();
      await stage.page.getByText('Peerhold does not answer').waitFor();
    },
  },
  {
    name: 'key-missing',
    options: typical,
    async play(stage) {
      await stage.page.evaluate(() => sessionStorage.setItem('peerhold.key', 'old'));
      await stage.page.reload();
      await stage.page.getByText('This page needs its key').waitFor();
    },
  },
];

const SIZES = [
  { suffix: '1280x800-light', width: 1280, height: 800, theme: 'light' },
  { suffix: '800x600-dark', width: 800, height: 600, theme: 'dark' },
] as const;

describe('every screen, at two sizes, in light and dark', { skip: withoutChromium }, () => {
  let browser: Browser;
  let built: ReturnType<typeof buildPage>;
  before(async () => {
    built = buildPage();
    browser = await openChromium();
  });
  after(async () => {
    await browser.close();
    built.remove();
  });
  test('the first screen needs less than 400 kB of script', (context) => {
    const assets = join(built.folder, 'assets');
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
    context.diagnostic(`script, gzipped: ${(bytes / 1000).toFixed(0)} kB`);
    assert.ok(bytes < 400_000);
  });
  for (const { suffix, ...size } of SIZES)
    for (const { name, options, play } of SCENES)
      test(`${name} ${suffix}`, () =>
        onStage(browser, built.folder, { ...options, ...size }, async (stage) => {
          await play?.(stage);
          await stage.shoot(`${name}-${suffix}`);
          const overflow = await stage.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(overflow <= 0, `the page is ${overflow} px wider than its window`);
          assert.deepEqual(await accessibilityFindings(stage.page), []);
          assert.deepEqual(
            stage.errors.filter((error) => !error.includes('WebSocket')),
            [],
          );
        }));
});
