export * from './agreement.ts';
export * from './game.ts';
export * from './limits.ts';
export * from './players.ts';
export * from './security.ts';
