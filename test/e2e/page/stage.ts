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
