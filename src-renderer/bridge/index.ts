export { createBridge, type Bridge, type LineState } from './bridge.ts';
export { desktopHost, type DesktopHost } from './host.ts';
export { readKey, takeKeyFromAddress, writeKey } from './key.ts';
export { openPortLine, openSocketLine, type Client } from './line.ts';
