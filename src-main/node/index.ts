export type * from './api.ts';
export { buildNode, type NodeOptions, type PeerholdNode } from './build.ts';
export { gameAddress, type GameAddress } from './runningWorld.ts';
