import type { BrowserWindowConstructorOptions } from 'electron';
import type { ElectronApi } from '../../../src-main/shell/index.ts';

type Listener = (...values: never[]) => void;

class Emitter {
  readonly #listeners = new Map<string, Listener[]>();
  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }
  once(event: string, listener: Listener): this {
    return this.on(event, listener);
  }
  emit(event: string, ...values: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(values as never[]));
  }
  /** Whether the event went through, not prevented. */
  passes(event: string, ...values: unknown[]): boolean {
    let passed = true;
    this.emit(event, { preventDefault: () => (passed = false) }, ...values);
    return passed;
  }
}

export class FakeContents extends Emitter {
  readonly messages: string[] = [];
  #open: (details: { readonly url: string }) => unknown = () => null;
  postMessage(channel: string): void {
    this.messages.push(channel);
  }
  setWindowOpenHandler(handler: (details: { readonly url: string }) => unknown): void {
    this.#open = handler;
  }
  open(url: string): unknown {
    return this.#open({ url });
  }
  navigates(url: string): boolean {
    return this.passes('will-navigate', url) && this.passes('will-redirect', url);
  }
  attachesWebview(): boolean {
    return this.passes('will-attach-webview');
  }
}

export class FakeWindow extends Emitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new FakeContents();
  readonly loaded: string[] = [];
  visible = false;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  get messages(): readonly string[] {
    return this.webContents.messages;
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
  }
  show(): void {
    this.visible = true;
  }
  hide(): void {
    this.visible = false;
  }
  focus(): void {}
  setMenuBarVisibility(): void {}
  isDestroyed(): boolean {
    return false;
  }
  close(): boolean {
    return this.passes('close');
  }
}

export class FakeChild extends Emitter {
  readonly messages: unknown[] = [];
  killed = false;
  postMessage(message: unknown): void {
    this.messages.push(message);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
  say(message: unknown): void {
    this.emit('message', message);
  }
  exit(): void {
    this.emit('exit', 1);
  }
}

/** Electron as far as the shell can tell, with everything it did to look at. */
export function createFakeElectron() {
  const app = new Emitter();
  const ipc = new Emitter();
  const power = new Emitter();
  const windows: FakeWindow[] = [];
  const children: FakeChild[] = [];
  let menu: readonly { readonly click?: () => void }[] = [];
  let request: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void = () => {};
  let check: (contents: unknown, permission: string, origin: string) => boolean = () => true;
  const fake = {
    firstInstance: true,
    sandboxed: false,
    clock: 0,
    windows,
    children,
    exits: [] as number[],
    schemes: [] as string[],
    opened: [] as string[],
    notifications: [] as string[],
    tooltips: [] as string[],
    emit: (event: string, ...values: unknown[]) => app.emit(event, ...values),
    quit: () => app.passes('before-quit'),
    shutdown: () => power.passes('shutdown'),
    askForPort: (senderFrame: { readonly url: string; readonly parent: unknown } | null, window: FakeWindow) =>
      ipc.emit('peerhold:port', { senderFrame, sender: window.webContents }),
    newContents() {
      const contents = new FakeContents();
      app.emit('web-contents-created', {}, contents);
      return contents;
    },
    clickTray: (index: number) => menu[index]?.click?.(),
    grants(permission: string): boolean {
      let granted = false;
      request(null, permission, (answer) => (granted = answer));
      return granted;
    },
    checks: (permission: string, origin: string) => check(null, permission, origin),
    electron: {} as ElectronApi,
  };
  const electron = {
    app: Object.assign(app, {
      isPackaged: true,
      requestSingleInstanceLock: () => fake.firstInstance,
      setAsDefaultProtocolClient: () => true,
      getPreferredSystemLanguages: () => ['en-GB'],
      whenReady: () => Promise.resolve(),
      enableSandbox: () => (fake.sandboxed = true),
      exit: (code: number) => fake.exits.push(code),
    }),
    BrowserWindow: class extends FakeWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options);
        windows.push(this);
      }
    },
    Tray: class extends Emitter {
      setToolTip(text: string): void {
        fake.tooltips.push(text);
      }
      setContextMenu(): void {}
    },
    Menu: {
      buildFromTemplate(template: typeof menu) {
        menu = template;
        return template;
      },
    },
    Notification: class {
      readonly #title: string;
      constructor({ title }: { readonly title: string }) {
        this.#title = title;
      }
      show(): void {
        fake.notifications.push(this.#title);
      }
    },
    MessageChannelMain: class {
      readonly port1 = {};
      readonly port2 = {};
    },
    ipcMain: ipc,
    powerMonitor: power,
    protocol: {
      registerSchemesAsPrivileged: () => {},
      handle: (scheme: string) => fake.schemes.push(scheme),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: typeof request) => (request = handler),
        setPermissionCheckHandler: (handler: typeof check) => (check = handler),
      },
    },
    shell: { openExternal: async (url: string) => void fake.opened.push(url) },
    utilityProcess: {
      fork() {
        const child = new FakeChild();
        children.push(child);
        return child;
      },
    },
  };
  return Object.assign(fake, { electron: electron as unknown as ElectronApi });
}

export type FakeElectron = ReturnType<typeof createFakeElectron>;
