export { ask, connectInterface, type ContractClient, type InterfaceConnection } from './client.ts';
export { parentPort, serveParent, type ParentOptions, type ParentPort } from './parent.ts';
export { servePort, type BridgePort } from './port.ts';
export type { Notice } from './router.ts';
export { serveInterface, type InterfaceOptions, type ServedInterface } from './serve.ts';
