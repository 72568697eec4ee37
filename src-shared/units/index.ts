export * from './bytes.ts';
export * from './positions.ts';
export * from './text.ts';
export * from './uuid.ts';
