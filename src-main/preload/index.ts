import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** The same word as `PORT_CHANNEL` of the contract, which would bring its schemas into every window. A test compares them. */
const PORT_CHANNEL = 'peerhold:port';

/** The page around this script: the only file of this ring that runs in one. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: string, origin: string, ports: readonly unknown[]): void;
};

ipcRenderer.on(PORT_CHANNEL, ({ ports }) => {
  window.postMessage(PORT_CHANNEL, window.location.origin, ports);
});

contextBridge.exposeInMainWorld('peerhold', {
  getBridgePort: () => ipcRenderer.send(PORT_CHANNEL),
  getPathForFile: (file: Parameters<typeof webUtils.getPathForFile>[0]) => webUtils.getPathForFile(file),
  platform: process.platform,
});
