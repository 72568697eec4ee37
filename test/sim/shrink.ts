import type { Action, Plan } from './plan.ts';
import { simulate } from './simulate.ts';

/** The same failure with as little as possible: what can be left out without losing it, is. Greedy, one thing at a time. */
export function shrink(plan: Plan, rule: string, mostRuns = 200): Plan {
  let best = plan;
  let runs = 0;
  const fails = (candidate: Plan): boolean => {
    runs += 1;
    return runs <= mostRuns && simulate(candidate).violations.some((violation) => violation.rule === rule);
  };
  for (;;) {
    const smaller = [...simpler(best)].find((candidate) => fails(candidate));
    if (smaller === undefined) return best;
    best = smaller;
  }
}

function* simpler(plan: Plan): Generator<Plan> {
  for (let i = 0; i < plan.actions.length; i++) yield { ...plan, actions: plan.actions.toSpliced(i, 1) };
  for (const [key, value] of Object.entries(plan.network))
    if (value !== 0 && key !== 'delayMillis') yield { ...plan, network: { ...plan.network, [key]: 0 } };
  if (plan.disk.slowChance > 0) yield { ...plan, disk: { ...plan.disk, slowChance: 0 } };
  if (plan.snapshotEvery > 0) yield { ...plan, snapshotEvery: 0 };
  if (plan.checkMillis > 0) yield { ...plan, checkMillis: 0 };
  if (plan.clocks.some(({ speed }) => speed !== 1)) yield { ...plan, clocks: plan.clocks.map(({ offset }) => ({ offset, speed: 1 })) };
  if (plan.liars.length > 0) yield { ...plan, liars: plan.liars.slice(1) };
  if (plan.learners > 0 && plan.actions.every((action) => action.kind !== 'epoch')) yield { ...plan, learners: 0 };
  const last = plan.actions.at(-1)?.at ?? 500;
  if (plan.faultMillis > last + 600) yield { ...plan, faultMillis: last + 500 };
}

/** A plan in words, short enough for one line. */
export function story(plan: Plan): string {
  const liars = plan.liars.map(({ node, lie }) => `n${node} lies (${lie})`);
  const network = Object.entries(plan.network).flatMap(([key, value]) => (value > 0 ? [`${key} ${Number(value.toPrecision(3))}`] : []));
  return [`${plan.voters} voters`, ...liars, ...network, ...plan.actions.map(tell)].join(', ');
}

function tell(action: Action): string {
  const at = `${Math.round(action.at)} ms`;
  switch (action.kind) {
    case 'crash':
      return `n${action.node} crashes at ${at} for ${action.downMillis} ms (disk ${action.disk})`;
    case 'pause':
      return `n${action.node} sleeps at ${at} for ${action.millis} ms`;
    case 'cut':
      return `${action.style} cut at ${at} for ${action.millis} ms`;
    case 'flap':
      return `links flap at ${at}`;
    case 'epoch':
      return `epoch of n${action.voters.join(' n')} at ${at}`;
    case 'handOver':
      return `hand-over at ${at}`;
    case 'snapshot':
      return `n${action.node} takes a snapshot at ${at}`;
    case 'diverge':
      return `n${action.node}'s world differs at ${at} for ${action.checks} checks`;
  }
}
