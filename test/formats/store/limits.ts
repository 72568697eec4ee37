/** Small files: a fixture is kept for ever. */
export const FIXTURE_LIMITS = { segmentBytes: 24 * 1024, reserveBytes: 1024, packBytes: 4 * 1024, diskReserveBytes: 0 };
