import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { serveInterface } from '../../../src-main/bridge/index.ts';
import { refuse, type ErrorCode } from '../../../src-shared/errors/index.ts';
import { describe as sentenceOf, texts } from '../../../src-renderer/strings/index.ts';
import { waitFor } from '../../fakes/waitFor.ts';
import { buildPage, openChromium, withoutChromium } from './chromium.ts';
import { DAMAGED_PLAN, PEOPLE, SAVE_PLAYERS, SAVES, WORLDS } from './scenes.ts';
import { onStage, type Stage, type StageOptions } from './stage.ts';

const typical: StageOptions = { worlds: WORLDS, saves: SAVES, worldPlayers: SAVE_PLAYERS };

describe('the page', { skip: withoutChromium }, () => {
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
  const play = (title: string, options: StageOptions, body: (stage: Stage) => Promise<void>): void => {
    test(title, () => onStage(browser, built.folder, options, body));
  };

  play('share: choose, plan, copy, reload in between, report, start, address', { saves: SAVES, jobsRun: false }, async ({ page, node }) => {
    await page.getByRole('button', { name: 'Share Amber Valley' }).click();
    await page.getByText('9,316 chunks of land in 2 dimensions').waitFor();
    await page.getByRole('button', { name: 'Copy this world' }).click();
    await page.getByText('Waiting for its turn').waitFor();
    const half = { chunksDone: 4000, bytesDone: 42_100_000, chunksPerSecond: 800, bytesPerSecond: 8_000_000, millisLeft: 6600 };
    node.progress('job-1', { phase: 'chunks', ...half });
    await page.getByText('4,000 of 9,316 chunks · 800 chunks a second · about 7 s left').waitFor();
    await page.reload();
    await page.getByText('4,000 of 9,316 chunks').waitFor();
    assert.equal(await page.getByRole('progressbar').getAttribute('value'), '50');
    const report = { name: 'Amber Valley', chunks: 9316, entities: 214, players: 1, files: 61, translated: 0, skipped: [], millis: 8400 };
    node.finish('job-1', { state: 'imported', finished: 1, report });
    await page.getByText('“Amber Valley” is here').waitFor();
    await page.getByText('214').waitFor();
    await page.getByRole('button', { name: 'Start playing' }).click();
    await page.getByText('127.0.0.1:25565').waitFor();
    await page.getByText('The world is in the list by itself').waitFor();
    await waitFor('the job to be dismissed', () => node.calls.includes('jobs.dismiss'));
  });

  const planRefusals: readonly ErrorCode[] = [
    'import.not-a-world',
    'import.world-open',
    'import.too-old',
    'import.damaged-level',
    'node.no-space',
  ];
  for (const code of planRefusals)
    play(`share: ${code} is said before anything is copied, and trying again works`, typical, async ({ page, node, go }) => {
      node.failNext('worlds.plan', refuse(code, { path: '/x' }));
      await go('#/share/%2Fx');
      const { title, todo } = sentenceOf('en', { code, facts: { path: '/x' } });
      await page.getByRole('alert').getByText(title, { exact: true }).waitFor();
      await page.getByRole('alert').getByText(todo, { exact: true }).waitFor();
      await page.getByText('Details', { exact: true }).click();
      await page.getByText(`${code}\npath: /x`).waitFor();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('What will come along').waitFor();
    });

  const copyFailures: readonly ErrorCode[] = ['import.source-changed', 'store.sync-failed', 'import.file-unreadable'];
  for (const code of copyFailures)
    play(`share: ${code} while copying`, { ...typical, jobsRun: false }, async ({ page, node, go }) => {
      await go('#/share/%2Fx');
      await page.getByRole('button', { name: 'Copy this world' }).click();
      await page.getByText('Waiting for its turn').waitFor();
      node.finish('job-1', { state: 'failed', finished: 1, problem: { code, facts: { file: 'region/r.0.0.mca' } } });
      await page
        .getByRole('alert')
        .getByText(sentenceOf('en', { code, facts: {} }).title, { exact: true })
        .waitFor();
    });

  play('share: stopped on request', { ...typical, jobsRun: false }, async ({ page, go }) => {
    await go('#/share/%2Fx');
    await page.getByRole('button', { name: 'Copy this world' }).click();
    await page.getByRole('button', { name: 'Stop copying' }).click();
    await page.getByText('What had been copied was removed').waitFor();
  });

  play('share: a taken name holds the copy back (world.name-taken)', typical, async ({ page, go }) => {
    await go('#/share/%2Fx');
    const copy = page.getByRole('button', { name: 'Copy this world' });
    await page.getByLabel('Name in Peerhold').fill('Home town');
    await page.getByText('You already have a world called “Home town”.').waitFor();
    assert.equal(await copy.isDisabled(), true);
    await page.getByLabel('Name in Peerhold').fill('Another');
    assert.equal(await copy.isDisabled(), false);
  });

  play('share: damage is listed, and left out only with consent', { ...typical, plan: DAMAGED_PLAN }, async ({ page, go }) => {
    await go('#/share/%2Fx');
    const copy = page.getByRole('button', { name: 'Copy this world' });
    await page.getByText('region/r.0.0.mca · chunk 12, 30: A chunk is cut off').waitFor();
    assert.equal(await copy.isDisabled(), true);
    await page.getByLabel('Import it without the damaged parts').check();
    await copy.click();
    await page.getByText('Exact report').waitFor();
    await page.getByText('region/r.-1.0.mca: A region file is damaged').waitFor();
  });

  play('create: by keyboard alone, refused name first', { ...typical }, async ({ page, node }) => {
    await tabTo(page, 'Create a world');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await waitFor('the name to have the focus', () => page.evaluate(() => document.activeElement?.tagName === 'INPUT'));
    node.failNext('worlds.create', refuse('world.bad-name'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('a/b');
    await page.keyboard.press('Enter');
    await page.getByText('none of these').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Meadow');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Meadow', level: 1 }).waitFor();
  });

  play('create: Escape closes, the focus goes back', typical, async ({ page }) => {
    await tabTo(page, 'Create a world');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.match(page.url(), /#\/$/);
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /^Create a world/);
  });

  play('world: stopping asks when people are in, and says who', typical, async ({ page, node, go }) => {
    await node.api.worlds.start({ name: 'Home town' });
    node.publish('players', () => PEOPLE);
    await go('#/world/Home%20town');
    await page.getByText('Nether at -60, 68, 555').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    const dialog = page.getByRole('dialog', { name: '3 players are in the world' });
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('The world is not running').waitFor();
  });

  play('world: delete wants the name, export names its folder, a claim names the player', typical, async ({ page, node, go }) => {
    await go('#/world/Desert%20rally');
    await page.getByRole('button', { name: 'Export as a normal save' }).click();
    node.failNext('worlds.export', refuse('export.target-not-empty', { folder: '/full' }));
    await page.getByLabel('Empty or new folder').fill('/full');
    await page.keyboard.press('Enter');
    await page.getByText('/full already has files').waitFor();
    await page.getByLabel('Empty or new folder').fill('/empty');
    await page.keyboard.press('Enter');
    await page.getByText('Exported 9,316 chunks to /empty.').waitFor();
    await page.getByRole('button', { name: 'Check every part' }).click();
    await page.getByText('All 9,316 chunks are exactly as saved.').waitFor();
    await page.getByRole('button', { name: 'Assign OldBen' }).click();
    await page.getByLabel('Minecraft name').fill('Ben_2');
    await page.keyboard.press('Enter');
    await page.getByText('Ben_2 plays as OldBen from now on.').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    const last = page.getByRole('button', { name: 'Delete for ever' });
    assert.equal(await last.isDisabled(), true);
    await page.getByLabel('Type “Desert rally” to confirm').fill('Desert rally');
    await last.click();
    await page.getByText('“Desert rally” was deleted.').waitFor();
    assert.equal(node.calls.filter((call) => call === 'worlds.delete').length, 1);
  });

  play('a world of a newer Minecraft is kept, not started', typical, async ({ page, go }) => {
    await go('#/world/From%20the%20future');
    await page.getByText('Made by Minecraft 1.21.11').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Start' }).count(), 0);
  });

  play('bridge.connection-lost: says so, keeps what it knows, comes back by itself', typical, async ({ page, node, served }) => {
    await served.close();
    await page.getByText('Peerhold does not answer').waitFor();
    await page.getByRole('heading', { name: 'Home town' }).waitFor();
    node.publish('worlds', (worlds) => worlds.filter((world) => world.name !== 'Desert rally'));
    const again = await serveInterface({
      host: '127.0.0.1',
      port: served.port,
      token: 'stage-token',
      password: null,
      api: node.api,
      pageFolder: built.folder,
    });
    await page.getByText('Peerhold does not answer').waitFor({ state: 'detached' });
    await page.getByText('Desert rally').waitFor({ state: 'detached' });
    await again.close();
  });

  play('bridge.unauthorized: an old key is told apart from a dead node; pasting the address opens', typical, async ({ page, served }) => {
    assert.doesNotMatch(page.url(), /token/);
    await page.evaluate(() => sessionStorage.setItem('peerhold.key', 'old'));
    await page.reload();
    await page.getByText('This page needs its key').waitFor();
    await page.getByLabel('Address or password').fill(served.url);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('heading', { name: 'Home town' }).waitFor();
  });

  play('desktop: the same page over a port; a dropped level.dat means its folder', { ...typical, desktop: true }, async (stage) => {
    const { page, go } = stage;
    await page.getByRole('heading', { name: 'Home town' }).waitFor();
    await go('#/share');
    await page.getByText('or drop the folder here').evaluate((zone) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'level.dat'));
      zone.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await page.getByText('What will come along').waitFor();
    assert.match(page.url(), /#\/share\/%2Fdropped$/);
    assert.deepEqual(stage.errors, []);
  });

  play('German and dark are chosen once and stay', typical, async ({ page }) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText('Dark', { exact: true }).click();
    await page.getByText('Deutsch').click();
    await page.getByRole('button', { name: texts.de.app.close }).click();
    await page.reload();
    await page.getByText(texts.de.home.share).waitFor();
    assert.deepEqual(await page.evaluate(() => [document.documentElement.dataset['theme'], document.documentElement.lang]), ['dark', 'de']);
  });

  play("the page speaks the browser's language", { ...typical, language: 'de' }, async ({ page }) => {
    await page.getByText(texts.de.home.foundTitle).waitFor();
  });

  play('everything on the first screen is reached by Tab, in order, with a visible focus', typical, async ({ page }) => {
    const seen: string[] = [];
    for (let i = 0; i < 24; i++) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const element = document.activeElement!;
        return {
          name: (element.getAttribute('aria-label') ?? element.textContent).trim(),
          outline: getComputedStyle(element).outlineWidth,
        };
      });
      if (focus.name === '') break;
      assert.equal(focus.outline, '3px', focus.name);
      seen.push(focus.name);
    }
    assert.deepEqual(seen.slice(0, 6), ['Skip to content', 'Peerhold', 'Log', 'Settings', 'Resume', 'Open']);
    for (const name of ['Share Amber Valley', 'Look again', 'A world somewhere else'])
      assert.ok(seen.includes(name), `${name} in ${seen.join(', ')}`);
  });
});

/** Presses Tab until the focused element's text starts with `text`. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.textContent.trim().startsWith(wanted), text)) return;
  }
  throw new Error(`Tab never reaches “${text}”`);
}
