/** What was injected and what happened, over all runs: a fault that never fired is visible as 0. */
export class Report {
  readonly counts = new Map<string, number>();

  count(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  add(other: Report): void {
    for (const [name, count] of other.counts) this.count(name, count);
  }
}

export const FAULTS: readonly string[] = [
  'message lost',
  'message doubled',
  'message delayed',
  'message replayed late',
  'message bit flipped',
  'message truncated',
  'message cut',
  'cut symmetric',
  'cut oneWay',
  'cut nonTransitive',
  'cut isolate',
  'link flapped',
  'crash now',
  'crash written',
  'crash synced',
  'crash that lost unsynced records',
  'crash between sync and trim',
  'disk lost',
  'disk rolled back',
  'disk loss proven by others',
  'slow sync',
  'pause',
  'clock drift',
  'liar twin',
  'liar amnesia',
  'liar equivocate',
  'liar withhold',
  'liar selective',
  'liar forge',
  'liar wrongRoot',
  'liar censor',
  'liar flood',
  'epoch decided',
  'epoch opened',
  'hand-over',
  'snapshot',
  'snapshot installed',
  'world diverged',
  'refusal',
  'freeze',
];

export const FACTS: readonly string[] = [
  'runs',
  'simulated ms',
  'entries final',
  'views opened',
  'evidence',
  'messages',
  'run twice',
  'real crypto',
];

/** A table of facts and faults, one a line. */
export function printReport(report: Report): string {
  const line = (name: string): string => `  ${name.padEnd(36)} ${String(report.counts.get(name) ?? 0).padStart(12)}`;
  const exemptions = [...report.counts.keys()].filter((name) => name.startsWith('exempt')).sort();
  return ['facts', ...FACTS.map(line), 'faults injected', ...FAULTS.map(line), 'exemptions', ...exemptions.map(line)].join('\n');
}
