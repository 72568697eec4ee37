/** A snapshot as far as its keeping is concerned. */
export interface KeptSnapshot {
  readonly height: number;
  /** When it was made, milliseconds since 1970. */
  readonly wall: number;
}

const HOUR_MILLIS = 3_600_000;
const DAY_MILLIS = 24 * HOUR_MILLIS;

/** Younger than `until`: the newest of each `every`. */
const SCHEDULE = [
  { until: HOUR_MILLIS, every: 1 },
  { until: DAY_MILLIS, every: HOUR_MILLIS },
  { until: 30 * DAY_MILLIS, every: DAY_MILLIS },
] as const;

/**
 * Snapshots to keep (storage, rule 5): all of the last hour, then one an hour for a day, then one a day for 30 days, and always the newest. Newest first.
 * What the disk quota does not hold is dropped from the end. Hours and days are those of UTC, so that all nodes keep the same ones.
 */
export function retained(snapshots: readonly KeptSnapshot[], nowWall: number): readonly KeptSnapshot[] {
  const newestFirst = snapshots.toSorted((a, b) => b.height - a.height);
  const taken = new Set<string>();
  return newestFirst.filter(({ wall }, i) => {
    const rule = SCHEDULE.find(({ until }) => nowWall - wall < until);
    if (rule === undefined) return i === 0;
    const slot = `${rule.every}/${Math.floor(wall / rule.every)}`;
    if (rule.every > 1 && taken.has(slot)) return i === 0;
    taken.add(slot);
    return true;
  });
}
