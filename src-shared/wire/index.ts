export { ByteReader, ByteWriter, WireError } from './bytes.ts';
