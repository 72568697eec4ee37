export * from './agreement.ts';
export * from './limits.ts';
export * from './security.ts';
