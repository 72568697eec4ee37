import { jobs } from './jobs.ts';
import { node } from './node.ts';
import { players } from './players.ts';
import { topics } from './topics.ts';
import { worlds } from './worlds.ts';

/**
 * Everything an interface can ask of a node and hear from it. The window, a browser, the command line and the tests all speak this,
 * over an Electron port or a WebSocket; nothing else is reachable. Extended, never changed.
 */
export const contract = { worlds, jobs, players, node, topics };
export type Contract = typeof contract;

export * from './jobs.ts';
export * from './node.ts';
export * from './players.ts';
export * from './process.ts';
export * from './topics.ts';
export * from './worlds.ts';
export type { Problem } from './schema.ts';
