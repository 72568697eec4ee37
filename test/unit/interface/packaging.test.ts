import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { LINK_SCHEME } from '../../../src-shared/config/index.ts';

const root = join(import.meta.dirname, '../../..');
const settings = readFileSync(join(root, 'electron-builder.yml'), 'utf8');

/** Value of `key` in the block of `section` ("" for the top level). */
function value(section: string, key: string): string | undefined {
  const block = section === '' ? settings : (new RegExp(`^${section}:\\n((?:[ #].*\\n|\\n)+)`, 'm').exec(settings)?.[1] ?? '');
  const indent = section === '' ? '' : '  ';
  return new RegExp(`^${indent}${key}: (.+)$`, 'm').exec(block)?.[1];
}

const FUSES: Readonly<Record<string, boolean>> = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

describe('packages', () => {
  for (const [fuse, wanted] of Object.entries(FUSES))
    test(`fuse ${fuse} is ${wanted ? 'on' : 'off'}`, () => assert.equal(value('electronFuses', fuse), String(wanted)));
  test('every platform has its targets', () => {
    assert.equal(value('win', 'target'), '[nsis]');
    assert.equal(value('mac', 'target'), '[dmg, zip]');
    assert.equal(value('linux', 'target'), '[AppImage, deb, rpm]');
    assert.equal(value('nsis', 'perMachine'), 'false');
    assert.equal(value('mac', 'hardenedRuntime'), 'true');
  });
  test('the archive is on, native parts are outside of it, nothing is rebuilt', () => {
    assert.equal(value('', 'asar'), 'true');
    assert.equal(value('', 'npmRebuild'), 'false');
    assert.match(settings, /asarUnpack:\n {2}- '\*\*\/\*\.node'/);
  });
  test('links and invite files open the app', () => {
    assert.match(settings, new RegExp(`schemes: \\[${LINK_SCHEME}\\]`));
    assert.match(settings, /fileAssociations:\n {2}- ext: peerhold-invite/);
  });
  test('no package switches the sandbox off', () => {
    assert.doesNotMatch(settings, /no-sandbox/);
  });
  test('every picture is there and is a picture', () => {
    for (const name of ['icon', 'tray', 'tray@2x', 'trayTemplate', 'trayTemplate@2x']) {
      const file = join(root, 'assets', `${name}.png`);
      assert.ok(existsSync(file), file);
      assert.equal(readFileSync(file).subarray(1, 4).toString(), 'PNG');
    }
    const icon = readFileSync(join(root, 'assets/icon.png'));
    assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [1024, 1024]);
  });
});

describe('bundles of the desktop', () => {
  const outside = /(?:from|require\(|import\()\s*["']([^"'./][^"']*)["']/g;
  const bundles = [
    { mode: 'main', file: 'main.js', may: /^(electron|node:(path|fs|url))$/ },
    { mode: 'preload', file: 'index.cjs', may: /^electron$/ },
  ];
  for (const { mode, file, may } of bundles)
    test(`${mode} is one file that needs nothing but Electron`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'peerhold-bundle-'));
      try {
        const vite = join(root, 'node_modules/vite/bin/vite.js');
        const run = spawnSync(process.execPath, [vite, 'build', '--mode', mode, '--outDir', folder, '--logLevel', 'warn'], {
          cwd: root,
          encoding: 'utf8',
        });
        assert.equal(run.status, 0, run.stdout + run.stderr);
        assert.deepEqual(readdirSync(folder), [file]);
        const source = readFileSync(join(folder, file), 'utf8');
        const needed = new Set([...source.matchAll(outside)].map((match) => match[1]!));
        for (const name of needed) assert.match(name, may);
        assert.ok(needed.has('electron'));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
});
