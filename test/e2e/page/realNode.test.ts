import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder, startNodeProcess } from '../support/nodeProcess.ts';
import { realSave } from '../support/worlds.ts';
import { openChromium, withoutChromium } from './chromium.ts';

const COPY_MILLIS_MAX = 120_000;

/** The line in one: a real save in a launcher's folder, a real node, the real page. */
test('a real save is found, shared, started and joined by address in a real browser', { skip: withoutChromium }, async (context) => {
  const save = realSave('survival-1.19', context);
  if (save === null) return;
  const home = makeFolder('peerhold-home-');
  const before = process.env['HOME'] ?? '';
  process.env['HOME'] = home.path;
  await mkdir(join(home.path, '.minecraft', 'saves'), { recursive: true });
  await symlink(save, join(home.path, '.minecraft', 'saves', 'survival'));
  const node = await startNodeProcess(join(home.path, 'data'));
  const browser = await openChromium();
  try {
    const ready = await node.until((event) => event.event === 'ready', 'ready');
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => (message.type() === 'error' ? errors.push(message.text()) : 0));
    const start = performance.now();
    await page.goto(ready['ui'] as string);
    await page.getByRole('heading', { name: 'Keep your world alive, together' }).waitFor();
    context.diagnostic(`first screen after ${Math.round(performance.now() - start)} ms`);
    await page.getByRole('button', { name: 'Share world' }).click();
    await page.getByText('6 players with their inventories and positions').waitFor();
    await page.getByLabel('Name in Peerhold').fill('Survival');
    await page.getByRole('button', { name: 'Copy this world' }).click();
    await page.getByText('chunks a second').waitFor();
    await page.reload();
    await page.getByText('Exact report').waitFor({ timeout: COPY_MILLIS_MAX });
    await page.getByRole('button', { name: 'Start playing' }).click();
    await page.getByText('Join with your Minecraft').waitFor({ timeout: 30_000 });
    assert.match(await page.locator('.copyable').innerText(), /127\.0\.0\.1:\d+/);
    assert.equal(await page.getByRole('row').count(), 7);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('The world is not running').waitFor({ timeout: 30_000 });
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
    await node.stop();
    process.env['HOME'] = before;
    home.remove();
  }
});
