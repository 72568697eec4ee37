export type * from './clock.ts';
export type * from './crypto.ts';
export type * from './disk.ts';
export type * from './jobs.ts';
export type * from './log.ts';
export type * from './random.ts';
export type * from './transport.ts';
