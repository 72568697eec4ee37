import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions, UtilityProcess } from 'electron';

/**
 * The part of Electron that the shell uses. `main.ts` passes the real one, which has to fit; tests pass a fake, so that no binary is
 * needed to test what the shell decides.
 */
export interface ElectronApi {
  readonly app: App;
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => Window;
  readonly Tray: new (image: string) => Tray;
  readonly Menu: { buildFromTemplate(template: MenuItemConstructorOptions[]): unknown };
  readonly Notification: new (options: { readonly title: string; readonly body: string }) => { show(): void };
  readonly MessageChannelMain: new () => { readonly port1: Port; readonly port2: Port };
  readonly ipcMain: { on(channel: string, listener: (event: PortRequest) => void): unknown };
  readonly powerMonitor: { on(event: 'shutdown', listener: (event?: Preventable) => void): unknown };
  readonly protocol: {
    registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Readonly<Record<string, boolean>> }[]): void;
    handle(scheme: string, handler: (request: { readonly url: string; readonly method: string }) => Promise<Response>): void;
  };
  readonly session: { readonly defaultSession: Session };
  readonly shell: { openExternal(url: string): Promise<void> };
  readonly utilityProcess: {
    fork(path: string, args: string[], options: { serviceName: string; stdio: 'pipe' | 'inherit' }): NodeChild;
  };
}

export interface Preventable {
  preventDefault(): void;
}

export interface App {
  readonly isPackaged: boolean;
  requestSingleInstanceLock(): boolean;
  setAsDefaultProtocolClient(scheme: string): boolean;
  getPreferredSystemLanguages(): string[];
  whenReady(): Promise<unknown>;
  enableSandbox(): void;
  exit(code: number): void;
  on(event: 'second-instance', listener: (event: unknown, argv: string[]) => void): unknown;
  on(event: 'open-url', listener: (event: Preventable, url: string) => void): unknown;
  on(event: 'activate' | 'window-all-closed', listener: () => void): unknown;
  on(event: 'before-quit', listener: (event: Preventable) => void): unknown;
  on(event: 'web-contents-created', listener: (event: unknown, contents: Contents) => void): unknown;
}

export interface Window {
  readonly webContents: Contents;
  loadURL(url: string): Promise<void>;
  show(): void;
  hide(): void;
  focus(): void;
  isDestroyed(): boolean;
  setMenuBarVisibility(visible: boolean): void;
  on(event: 'close', listener: (event: Preventable) => void): unknown;
  /** Windows: the person logs off or the machine goes down. */
  on(event: 'session-end', listener: () => void): unknown;
  once(event: 'ready-to-show', listener: () => void): unknown;
}

export interface Contents {
  postMessage(channel: string, message: unknown, transfer?: Port[]): void;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void;
  on(event: 'will-navigate' | 'will-redirect', listener: (event: Preventable, url: string) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
}

export interface Session {
  setPermissionRequestHandler(handler: ((contents: unknown, permission: string, answer: (granted: boolean) => void) => void) | null): void;
  setPermissionCheckHandler(handler: ((contents: unknown, permission: string, origin: string) => boolean) | null): void;
}

export interface Tray {
  setToolTip(text: string): void;
  setContextMenu(menu: unknown): void;
  on(event: 'click', listener: () => void): unknown;
}

/** Handed from one process to another, never used here. */
export type Port = Electron.MessagePortMain;

export interface PortRequest {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
  readonly sender: Contents;
}

export type NodeChild = Pick<UtilityProcess, 'postMessage' | 'kill'> & {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
};
