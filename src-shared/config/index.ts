export * from './limits.ts';
export * from './security.ts';
