/** Time comes in here and nowhere else. */
export interface Clock {
  /** Monotonic milliseconds since an arbitrary start. */
  now(): number;
  /** Wall clock, milliseconds since 1970. For people and file names, never for decisions about safety. */
  wall(): number;
  /** Runs `action` once after at least `millis`; the result cancels it. */
  after(millis: number, action: () => void): () => void;
}
