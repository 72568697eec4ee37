import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { serveInterface, type ServedInterface } from '../../../src-main/bridge/index.ts';
import { createFakeNode, type FakeNode, type FakeNodeOptions } from '../../fakes/nodeApi.ts';

const SCREENSHOTS = join(import.meta.dirname, '..', '..', '..', '.out', 'screenshots');

/** A page in a browser, a fake node behind it, the real bridge between them. */
export interface Stage {
  readonly page: Page;
  readonly node: FakeNode;
  readonly served: ServedInterface;
  /** What the page logged as error: nothing, if all is well. */
  readonly errors: readonly string[];
  readonly go: (hash: string) => Promise<void>;
  readonly shoot: (name: string) => Promise<void>;
}

export interface StageOptions extends FakeNodeOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'de';
  /** Plays the desktop's preload: the page's line is a port. */
  readonly desktop?: boolean;
}

export async function onStage(
  browser: Browser,
  pageFolder: string,
  options: StageOptions,
  body: (stage: Stage) => Promise<void>,
): Promise<void> {
  const node = createFakeNode(options);
  const served = await serveInterface({ host: '127.0.0.1', port: 0, token: 'stage-token', password: null, api: node.api, pageFolder });
  const context: BrowserContext = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.theme ?? 'light',
    locale: options.language === 'de' ? 'de-DE' : 'en-GB',
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.setDefaultTimeout(10_000);
    if (options.desktop === true) await page.addInitScript(playPreload, served.port);
    await page.goto(served.url);
    await page.locator('main h1').first().waitFor();
    await body({
      page,
      node,
      served,
      errors,
      async go(hash) {
        await page.goto(`http://127.0.0.1:${served.port}/${hash}`);
      },
      async shoot(name) {
        mkdirSync(SCREENSHOTS, { recursive: true });
        await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: false });
      },
    });
  } finally {
    await context.close();
    await served.close();
  }
}

/** Runs in the page before it: what the preload exposes, with the node at the other end of a WebSocket instead of a utility process. */
function playPreload(nodePort: number): void {
  const getBridgePort = (): void => {
    const { port1, port2 } = new MessageChannel();
    const socket = new WebSocket(`ws://127.0.0.1:${nodePort}/`, ['peerhold.v1', `key.${btoa('stage-token').replaceAll('=', '')}`]);
    socket.addEventListener('open', () => {
      port1.addEventListener('message', (event) => socket.send(event.data as string));
      port1.start();
    });
    socket.addEventListener('message', (event) => port1.postMessage(event.data));
    socket.addEventListener('close', () => port1.close());
    window.postMessage('peerhold:port', location.origin, [port2]);
  };
  const getPathForFile = (file: File): string => `/dropped/${file.name}`;
  Object.assign(window, { peerhold: { getBridgePort, getPathForFile, platform: 'linux' } });
}
