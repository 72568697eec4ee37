/** Unpredictable bytes for keys, ids and tokens. */
export interface Random {
  bytes(length: number): Uint8Array;
}
