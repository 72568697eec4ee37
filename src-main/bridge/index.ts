export { ask, connectInterface, type ContractClient, type InterfaceConnection } from './client.ts';
export { servePort, type BridgePort } from './port.ts';
export type { Notice } from './router.ts';
export { serveInterface, type InterfaceOptions, type ServedInterface } from './serve.ts';
