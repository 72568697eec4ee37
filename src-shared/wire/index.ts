export { ByteReader, ByteWriter, WireError } from './bytes.ts';
export * from './certificate.ts';
export * from './entry.ts';
export * from './messages.ts';
export * from './records.ts';
export * from './vote.ts';
