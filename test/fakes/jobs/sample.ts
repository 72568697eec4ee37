/** Jobs for the contract of `Jobs` and for the pool's own tests. */
import { AppError } from '../../../src-shared/errors/index.ts';

export interface Sum {
  readonly numbers: readonly number[];
}

export function run({ numbers }: Sum): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

export function refuse(): never {
  throw new AppError('nbt.malformed', { offset: 7 });
}

export function stumble(): never {
  throw new TypeError('not like this');
}

export function wait(): Promise<never> {
  return new Promise(() => undefined);
}

export function exit(code: number): never {
  process.exit(code);
}

export function spin(flag: SharedArrayBuffer): never {
  Atomics.store(new Int32Array(flag), 0, 1);
  for (;;) Atomics.add(new Int32Array(flag), 0, 1);
}

export function hoard(): number {
  const kept: unknown[] = [];
  for (;;) kept.push(Array.from({ length: 1000 }, () => ({ kept })));
}

export function double(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => byte * 2);
}

export function doubleTransfer(bytes: Uint8Array): readonly ArrayBuffer[] {
  return [bytes.buffer as ArrayBuffer];
}

export function returnFunction(): unknown {
  return () => 1;
}
