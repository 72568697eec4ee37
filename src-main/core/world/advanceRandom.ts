const OFFSET_A = 0x811c9dc5;
const OFFSET_B = 0x9e3779b9;
const PRIME_A = 0x01000193;
const PRIME_B = 0x85ebca6b;

/**
 * Uniform numbers in [0, 1) with 53 bits, a pure function of `prefix` and a salt: two FNV-1a lanes with different constants, mixed by
 * murmur3's finalizer. Not for secrets: everybody who has the seed can compute it.
 */
export function createDraw(prefix: string): (salt: string) => number {
  const startA = lane(OFFSET_A, PRIME_A, prefix);
  const startB = lane(OFFSET_B, PRIME_B, prefix);
  return (salt) => {
    const high = mix(lane(startA, PRIME_A, salt));
    const low = mix(lane(startB, PRIME_B, salt) ^ high);
    return ((high >>> 5) * 67_108_864 + (low >>> 6)) / 9_007_199_254_740_992;
  };
}

function lane(start: number, prime: number, text: string): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), prime);
  return hash;
}

function mix(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
