import { Random } from './random.ts';

/** Everything that one run does, drawn from its seed. Plain data: a failing one is shrunk by leaving things out. */
export interface Plan {
  readonly seed: number;
  readonly voters: number;
  readonly learners: number;
  readonly crypto: 'stub' | 'real';
  readonly liars: readonly { readonly node: number; readonly lie: Lie }[];
  readonly network: NetworkPlan;
  readonly disk: { readonly syncMillis: number; readonly slowChance: number; readonly slowMillis: number };
  /** Whether a kept disk can be shown to be the one of the last run (rule 11). */
  readonly provenDisks: boolean;
  readonly checkMillis: number;
  readonly tickMillis: number;
  /** Clock of each node: started at, and how fast it runs. */
  readonly clocks: readonly { readonly offset: number; readonly speed: number }[];
  readonly commandsPerSecond: number;
  readonly snapshotEvery: number;
  readonly actions: readonly Action[];
  /** How long faults may happen; afterwards the core heals. */
  readonly faultMillis: number;
  readonly healing: Healing;
}

export interface NetworkPlan {
  readonly delayMillis: number;
  readonly jitterMillis: number;
  readonly tailChance: number;
  readonly tailMillis: number;
  readonly loss: number;
  readonly duplicate: number;
  readonly flip: number;
  readonly truncate: number;
  /** Delayed until long after; arrives in a later view, epoch or run of the receiver. */
  readonly replayLate: number;
}

export type Lie = 'twin' | 'amnesia' | 'equivocate' | 'withhold' | 'selective' | 'forge' | 'wrongRoot' | 'censor' | 'flood';

export type Action =
  | {
      readonly at: number;
      readonly kind: 'crash';
      readonly node: number;
      readonly downMillis: number;
      readonly disk: 'kept' | 'lost' | 'rolledBack';
      readonly when: CrashMoment;
    }
  | { readonly at: number; readonly kind: 'pause'; readonly node: number; readonly millis: number }
  /** Directed links that carry nothing. */
  | {
      readonly at: number;
      readonly kind: 'cut';
      readonly style: CutStyle;
      readonly links: readonly (readonly [number, number])[];
      readonly millis: number;
    }
  | {
      readonly at: number;
      readonly kind: 'flap';
      readonly links: readonly (readonly [number, number])[];
      readonly millis: number;
      readonly periodMillis: number;
    }
  /** The council decides who votes next. */
  | { readonly at: number; readonly kind: 'epoch'; readonly voters: readonly number[] }
  | { readonly at: number; readonly kind: 'handOver' }
  | { readonly at: number; readonly kind: 'snapshot'; readonly node: number }
  /** The driver of a node finds another root for the next few entries (a damaged world, not a liar). */
  | { readonly at: number; readonly kind: 'diverge'; readonly node: number; readonly checks: number };

/** At once; with the next records written and not synced; or with them synced and nothing sent. */
export type CrashMoment = 'now' | 'written' | 'synced';

export type CutStyle = 'symmetric' | 'oneWay' | 'nonTransitive' | 'isolate';

/**
 * What works again after the faults. `all`: everything. `core`: only q voters hear each other well; the others hear some. `silent`: n-q voters
 * stay dead. Who that is, is drawn from `draw` among the voters of that moment.
 */
export interface Healing {
  readonly kind: 'all' | 'core' | 'silent';
  readonly draw: number;
}

const LIES: readonly Lie[] = ['twin', 'amnesia', 'equivocate', 'withhold', 'selective', 'forge', 'wrongRoot', 'censor', 'flood'];

export interface PlanOptions {
  readonly voters?: number;
  readonly liars?: number;
  readonly lie?: Lie;
  /** `short`: a few seconds and no luxury, for very many runs. */
  readonly length?: 'short' | 'normal';
}

/** Liars that n voters bear. */
export function liarsBorne(voters: number): number {
  return Math.floor((voters - 1) / 3);
}

/** Swarm: each run draws which faults it has at all, and then how strong. */
export function drawPlan(seed: number, options: PlanOptions = {}): Plan {
  const random = new Random(seed);
  const short = options.length === 'short';
  const voters = options.voters ?? random.pick([1, 2, 3, 3, 4, 4, 4, 4, 5, 6, 7]);
  const learners = short ? 0 : random.pick([0, 0, 1, 2]);
  const liars = drawLiars(random, voters, options);
  const faultMillis = short ? 2500 : random.between(4000, 12_000);
  const nodes = voters + learners;
  const active = (chance: number): boolean => random.chance(chance);
  const clocks = Array.from({ length: nodes }, () => ({
    offset: Math.floor(random.between(0, 1e6)),
    speed: active(0.3) ? random.between(0.97, 1.03) : 1,
  }));
  return {
    seed,
    voters,
    learners,
    crypto: !short && random.chance(0.01) ? 'real' : 'stub',
    liars,
    network: drawNetwork(random),
    disk: {
      syncMillis: random.pick([0.2, 1, 3, 10]),
      slowChance: active(0.2) ? 0.02 : 0,
      slowMillis: random.pick([200, 1000, 10_000]),
    },
    provenDisks: active(0.5),
    checkMillis: random.pick([0, 0, 1, 5, 30]),
    tickMillis: random.pick([20, 50, 50]),
    clocks,
    commandsPerSecond: random.pick([2, 10, 20]),
    snapshotEvery: active(0.5) ? 10 + random.below(40) : 0,
    actions: drawActions(random, { voters, nodes, faultMillis, liars: liars.map(({ node }) => node) }),
    faultMillis,
    healing: { kind: random.pick(['all', 'all', 'core', 'silent'] as const), draw: random.next() },
  };
}

function drawLiars(random: Random, voters: number, options: PlanOptions): Plan['liars'] {
  const borne = options.liars ?? (random.chance(0.5) ? random.below(liarsBorne(voters) + 1) : 0);
  const nodes = random.sample(
    Array.from({ length: voters }, (_, i) => i),
    borne,
  );
  return nodes.map((node) => ({ node, lie: options.lie ?? random.pick(LIES) }));
}

function drawNetwork(random: Random): NetworkPlan {
  const active = (chance: number): boolean => random.chance(chance);
  const delayMillis = random.pick([0.3, 5, 30, 60, 150]);
  return {
    delayMillis,
    jitterMillis: active(0.6) ? delayMillis * random.unit() : 0,
    tailChance: active(0.3) ? 0.02 : 0,
    tailMillis: random.between(100, 3000),
    loss: active(0.4) ? random.pick([0.01, 0.05, 0.2]) : 0,
    duplicate: active(0.3) ? random.pick([0.01, 0.1]) : 0,
    flip: active(0.2) ? 0.01 : 0,
    truncate: active(0.2) ? 0.01 : 0,
    replayLate: active(0.2) ? 0.01 : 0,
  };
}

interface Cast {
  readonly voters: number;
  readonly nodes: number;
  readonly faultMillis: number;
  readonly liars: readonly number[];
}

function drawActions(random: Random, cast: Cast): readonly Action[] {
  const actions: Action[] = [];
  const at = (): number => random.between(200, cast.faultMillis);
  const some = (chance: number, most: number): number => (random.chance(chance) ? 1 + random.below(most) : 0);
  let losses = cast.liars.length > 0 ? 0 : lossesBorne(cast.voters);
  for (let i = some(0.6, 5); i > 0; i--) {
    const node = random.below(cast.nodes);
    const loses = node < cast.voters && losses > 0 && random.chance(0.15);
    if (loses) losses -= 1;
    const disk = loses ? random.pick(['lost', 'rolledBack'] as const) : 'kept';
    const when = random.pick(['now', 'written', 'synced'] as const);
    actions.push({ at: at(), kind: 'crash', node, downMillis: random.pick([0, 50, 500, 3000]), disk, when });
  }
  for (let i = some(0.3, 2); i > 0; i--)
    actions.push({ at: at(), kind: 'pause', node: random.below(cast.nodes), millis: random.pick([300, 2000, 8000]) });
  for (let i = some(0.5, 4); i > 0; i--) actions.push(drawCut(random, cast, at()));
  for (let i = some(0.2, 1); i > 0; i--)
    actions.push({
      at: at(),
      kind: 'flap',
      links: drawLinks(random, cast, 'oneWay'),
      millis: 3000,
      periodMillis: random.pick([50, 200, 700]),
    });
  for (let i = some(0.25, 3); i > 0; i--) actions.push({ at: at(), kind: 'epoch', voters: drawVoters(random, cast) });
  for (let i = some(0.2, 2); i > 0; i--) actions.push({ at: at(), kind: 'handOver' });
  for (let i = some(0.3, 3); i > 0; i--) actions.push({ at: at(), kind: 'snapshot', node: random.below(cast.nodes) });
  // A sole voter that loses its disk loses what only it had, and nobody can tell it.
  const alone = actions.some((action) => action.kind === 'epoch' && action.voters.length === 1);
  if (alone) for (const [i, action] of actions.entries()) if (action.kind === 'crash') actions[i] = { ...action, disk: 'kept' };
  if (random.chance(0.1)) actions.push({ at: at(), kind: 'diverge', node: random.below(cast.voters), checks: 1 + random.below(5) });
  return actions.sort((a, b) => a.at - b.at);
}

/** Disks that may be lost in a run without more than the voters bear (rule 11). A sole voter cannot know. */
function lossesBorne(voters: number): number {
  return voters === 1 ? 0 : Math.max(1, liarsBorne(voters));
}

function drawCut(random: Random, cast: Cast, at: number): Action {
  const style = random.pick(['symmetric', 'oneWay', 'nonTransitive', 'isolate'] as const);
  return { at, kind: 'cut', style, links: drawLinks(random, cast, style), millis: random.pick([300, 1500, 4000]) };
}

function drawLinks(random: Random, cast: Cast, style: CutStyle): readonly (readonly [number, number])[] {
  const all = Array.from({ length: cast.nodes }, (_, i) => i);
  const both = (a: number, b: number): (readonly [number, number])[] => [
    [a, b],
    [b, a],
  ];
  switch (style) {
    case 'symmetric': {
      const left = all.filter(() => random.chance(0.5));
      return left.flatMap((a) => all.filter((b) => !left.includes(b)).flatMap((b) => both(a, b)));
    }
    case 'oneWay':
      return all.flatMap((a) => all.filter((b) => a !== b && random.chance(0.3)).map((b) => [a, b] as const));
    case 'nonTransitive':
      return all.flatMap((a) => all.filter((b) => a < b && random.chance(0.3)).flatMap((b) => both(a, b)));
    case 'isolate': {
      const node = random.below(cast.nodes);
      return all.filter((other) => other !== node).flatMap((other) => both(node, other));
    }
  }
}

/** At least one honest voter, and no more liars than the new size bears. */
function drawVoters(random: Random, cast: Cast): readonly number[] {
  for (;;) {
    const voters = random.sample(
      Array.from({ length: cast.nodes }, (_, i) => i),
      1 + random.below(Math.min(7, cast.nodes)),
    );
    if (voters.filter((node) => cast.liars.includes(node)).length <= liarsBorne(voters.length)) return voters;
  }
}
