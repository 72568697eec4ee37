import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  powerMonitor,
  protocol,
  session,
  shell,
  Tray,
  utilityProcess,
} from 'electron';
import { join } from 'node:path';
import { startShell } from './shell/index.ts';

/** Electron's entry: dist/main/main.js beside dist/preload, dist/renderer and assets. */
const dist = join(import.meta.dirname, '..');

startShell(
  {
    app,
    BrowserWindow,
    ipcMain,
    Menu,
    MessageChannelMain,
    Notification,
    powerMonitor,
    protocol,
    // The default session exists only once the app is ready.
    session: {
      get defaultSession() {
        return session.defaultSession;
      },
    },
    shell,
    Tray,
    utilityProcess,
  },
  {
    places: {
      pageFolder: join(dist, 'renderer'),
      preload: join(dist, 'preload', 'index.cjs'),
      nodeEntry: join(dist, 'main', 'cli.js'),
      assets: join(dist, '..', 'assets'),
    },
    argv: process.argv,
    platform: process.platform,
    now: () => performance.now(),
  },
);
