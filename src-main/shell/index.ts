import { join } from 'node:path';
import { LINK_SCHEME, PAGE_ORIGIN, PAGE_SCHEME } from '../../src-shared/config/index.ts';
import { PORT_CHANNEL, type DeepLink } from '../../src-shared/contract/index.ts';
import { deepLinkIn, parseDeepLink, routeOf } from './deepLink.ts';
import type { ElectronApi, PortRequest, Tray, Window } from './electron.ts';
import { guardContents } from './guards.ts';
import { NodeProcess } from './nodeProcess.ts';
import { pageHandler } from './page.ts';
import { isOurPage, SCHEMES, webPreferences } from './settings.ts';
import { shellWords } from './strings.ts';

export interface ShellPlaces {
  /** The built page, the built preload, the node's built entry, and pictures. */
  readonly pageFolder: string;
  readonly preload: string;
  readonly nodeEntry: string;
  readonly assets: string;
}

export interface ShellStart {
  readonly places: ShellPlaces;
  readonly argv: readonly string[];
  readonly platform: string;
  readonly now: () => number;
}

/**
 * The desktop app: one instance, one window over the node's process, a tray that keeps both.
 * 1. A second start wakes the first and ends. 2. The scheme and the guards stand before any page. 3. The window asks for a port.
 * 4. Closing hides; quitting hands over first, with a hard cap.
 */
export function startShell(electron: ElectronApi, start: ShellStart): void {
  const { app, protocol } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  app.enableSandbox();
  app.setAsDefaultProtocolClient(LINK_SCHEME);
  protocol.registerSchemesAsPrivileged(SCHEMES);
  const desktop = new Desktop(electron, start);
  app.on('second-instance', (_event, argv) => desktop.open(deepLinkIn(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    desktop.open(parseDeepLink(url));
  });
  app.on('activate', () => desktop.open(null));
  app.on('window-all-closed', () => {});
  app.on('before-quit', (event) => desktop.quit(event));
  void app.whenReady().then(() => desktop.begin(deepLinkIn(start.argv)));
}

class Desktop {
  readonly #electron: ElectronApi;
  readonly #start: ShellStart;
  readonly #node: NodeProcess;
  #window: Window | null = null;
  #tray: Tray | null = null;
  #ready = false;
  #quitting = false;
  #gone = false;
  #toldThatItStays = false;

  constructor(electron: ElectronApi, start: ShellStart) {
    this.#electron = electron;
    this.#start = start;
    this.#node = new NodeProcess(electron, {
      entry: start.places.nodeEntry,
      now: start.now,
      onPlaying: ({ world, players }) => {
        const words = this.#words();
        this.#tray?.setToolTip(world === null ? words.resting : words.playing(world, players));
      },
    });
  }

  begin(link: DeepLink | null): void {
    const { protocol, ipcMain, powerMonitor } = this.#electron;
    this.#ready = true;
    protocol.handle(PAGE_SCHEME, pageHandler(this.#start.places.pageFolder));
    guardContents(this.#electron);
    ipcMain.on(PORT_CHANNEL, (event) => this.#givePort(event));
    powerMonitor.on('shutdown', (event) => this.quit(event ?? { preventDefault: () => {} }));
    this.#node.start();
    this.#openTray();
    this.open(link);
  }

  /** Shows the window, at the link if there is one. Before the app is ready the link waits in the arguments. */
  open(link: DeepLink | null): void {
    if (!this.#ready || this.#quitting) return;
    const isNew = this.#window === null || this.#window.isDestroyed();
    const window = isNew ? this.#createWindow() : this.#window!;
    if (isNew || link !== null) void window.loadURL(`${PAGE_ORIGIN}/${link === null ? '' : routeOf(link)}`);
    window.show();
    window.focus();
  }

  /** The first time it holds the quit back, hands over, and quits for real when that is done. */
  quit(event: { preventDefault(): void }): void {
    if (this.#gone) return;
    event.preventDefault();
    if (this.#quitting) return;
    this.#quitting = true;
    this.#tray?.setToolTip(this.#words().quitting);
    void this.#leave();
  }

  async #leave(): Promise<void> {
    await this.#node.leave();
    this.#gone = true;
    this.#electron.app.exit(0);
  }

  #createWindow(): Window {
    const { BrowserWindow, app } = this.#electron;
    const window = new BrowserWindow({
      width: 1180,
      height: 800,
      minWidth: 480,
      minHeight: 480,
      show: false,
      title: 'Peerhold',
      backgroundColor: '#11141c',
      icon: this.#picture('icon.png'),
      webPreferences: webPreferences(this.#start.places.preload, app.isPackaged),
    });
    window.setMenuBarVisibility(false);
    window.once('ready-to-show', () => window.show());
    window.on('close', (event) => this.#hide(event, window));
    window.on('session-end', () => this.quit({ preventDefault: () => {} }));
    this.#window = window;
    return window;
  }

  /** Closing the window leaves the world up; that is said once. */
  #hide(event: { preventDefault(): void }, window: Window): void {
    if (this.#quitting) return;
    event.preventDefault();
    window.hide();
    if (this.#toldThatItStays) return;
    this.#toldThatItStays = true;
    new this.#electron.Notification(this.#words().stillHere).show();
  }

  #openTray(): void {
    const { Tray, Menu } = this.#electron;
    const words = this.#words();
    this.#tray = new Tray(this.#picture(this.#start.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'));
    this.#tray.setToolTip(words.resting);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words.open, click: () => this.open(null) },
        { type: 'separator' },
        { label: words.quit, click: () => this.quit({ preventDefault: () => {} }) },
      ]),
    );
    this.#tray.on('click', () => this.open(null));
  }

  /** Only the page itself, in the window's main frame, gets a line to the node. */
  #givePort({ senderFrame, sender }: PortRequest): void {
    if (senderFrame === null || senderFrame.parent !== null || !isOurPage(senderFrame.url)) return;
    const { port1, port2 } = new this.#electron.MessageChannelMain();
    this.#node.connect(port1);
    sender.postMessage(PORT_CHANNEL, null, [port2]);
  }

  #picture(name: string): string {
    return join(this.#start.places.assets, name);
  }

  #words(): ReturnType<typeof shellWords> {
    return shellWords(this.#electron.app.getPreferredSystemLanguages());
  }
}

export type { ElectronApi } from './electron.ts';
