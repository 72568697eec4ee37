import { createHash } from 'node:crypto';
import { genesisOf, type GroupConfig, type ReplicaCrypto } from '../../src-main/core/consensus/index.ts';
import { concat, toHex, toUtf8, type Hash } from '../../src-shared/units/index.ts';
import { encodeNextEpoch, type NextEpochBody, type VoterEntry } from '../../src-shared/wire/index.ts';
import { Checkers } from './checkers.ts';
import { Timeline } from './clock.ts';
import { Liar } from './liars.ts';
import { Machine } from './machine.ts';
import { Network } from './network.ts';
import { liarsBorne, type Action, type Plan } from './plan.ts';
import { Random } from './random.ts';
import { realCrypto } from './real-crypto.ts';
import { Report } from './report.ts';
import { digest, stubCrypto, stubKey } from './stub-crypto.ts';
import { GENESIS, type WorldState } from './world.ts';

export const WORLD = toHex(digest(toUtf8('the simulated world'))) as Hash;

interface Decision {
  readonly voters: readonly number[];
  readonly cite: Uint8Array;
  done: boolean;
}

/** All machines of one run, the network between them, a council that decides epochs, and the watchers. */
export class Cluster {
  readonly plan: Plan;
  readonly timeline = new Timeline();
  readonly random: Random;
  readonly report = new Report();
  readonly network: Network;
  readonly checkers: Checkers;
  /** Twins are two machines of one node. */
  readonly machines: Machine[] = [];
  readonly config: GroupConfig;
  /** How slow the disks are at present. */
  readonly disk: { syncMillis: number; slowChance: number; slowMillis: number };
  readonly #liars = new Map<Machine, Liar>();
  readonly #keys: readonly { readonly id: string; readonly publicKey: Uint8Array; readonly crypto: ReplicaCrypto }[];
  readonly #decisions: Decision[] = [];
  readonly #decided = new Set<string>();
  readonly #trace = createHash('sha256');
  /** Which twin each node hears and is heard by. */
  #sides: readonly number[] = [];
  #commands = 0;
  #deciding = true;

  constructor(plan: Plan) {
    this.plan = plan;
    this.random = new Random(plan.seed * 2 + 1);
    this.disk = { ...plan.disk };
    const nodes = plan.voters + plan.learners;
    this.#keys = Array.from({ length: nodes }, (_, node) => keyOf(plan, node));
    this.config = configOf(this.#keys, plan.voters);
    this.network = new Network({
      timeline: this.timeline,
      random: this.random,
      report: this.report,
      plan: plan.network,
      deliver: (from, to, bytes) => this.#deliver(from, to, bytes),
    });
    this.checkers = new Checkers({
      now: () => this.timeline.now,
      crypto: this.#keys[0]!.crypto,
      config: this.config,
      report: this.report,
      liars: new Set(plan.liars.map(({ node }) => this.#keys[node]!.id)),
      forksAllowed: plan.liars.length > liarsBorne(plan.voters),
    });
    for (let node = 0; node < nodes; node++) this.#addMachine(node);
    this.#drawSides();
  }

  get honest(): readonly Machine[] {
    return this.machines.filter((machine) => machine.honest);
  }

  get traceHash(): string {
    return this.#trace.copy().digest('hex').slice(0, 16);
  }

  startAll(): void {
    for (const machine of this.machines) machine.start(this.plan.provenDisks ? 'proven' : 'unknown');
    this.#commandSoon();
    if (this.plan.liars.some(({ lie }) => lie === 'twin')) this.#sidesSoon();
    for (const action of this.plan.actions) this.timeline.after(action.at, () => this.#act(action));
    for (const { lie } of this.plan.liars) this.report.count(`liar ${lie}`);
    if (this.plan.clocks.some(({ speed }) => speed !== 1)) this.report.count('clock drift');
    if (this.plan.crypto === 'real') this.report.count('real crypto');
  }

  machinesOf(node: number): readonly Machine[] {
    return this.machines.filter((machine) => machine.node === node);
  }

  /** Brings everything up again: a sleeping node wakes, a dead one starts. */
  wake(node: number): void {
    for (const machine of this.machinesOf(node)) {
      if (machine.pausedUntil > this.timeline.now) machine.pausedUntil = this.timeline.now;
      if (!machine.up) this.#restart(machine);
    }
  }

  #addMachine(node: number): void {
    const { plan } = this;
    const { id, crypto } = this.#keys[node]!;
    const lie = plan.liars.find((liar) => liar.node === node)?.lie;
    for (let copy = 0; copy < (lie === 'twin' ? 2 : 1); copy++) {
      const machine = new Machine(
        {
          node,
          id,
          honest: lie === undefined,
          config: { ...this.config, self: id },
          crypto,
          timeline: this.timeline,
          random: this.random,
          plan,
          disk: this.disk,
          report: this.report,
          watcher: this.checkers,
          send: (from, to, bytes) => this.#send(from, to, bytes),
          fetchState: (root, height) => this.#fetchState(root, height),
          nextEpoch: (asking) => this.#nextEpoch(asking),
          isDecided: (next) => this.#decided.has(Buffer.from(next).toString('hex')),
        },
        GENESIS,
      );
      if (lie === 'wrongRoot') machine.proposedRoot = (root) => (this.random.chance(0.5) ? WORLD : root);
      if (lie === 'censor') machine.pickCommands = () => [];
      this.machines.push(machine);
      const others = this.#keys.filter((key) => key.id !== id).map((key) => key.id);
      if (lie !== undefined) this.#liars.set(machine, new Liar({ machine, lie, random: this.random, others }));
    }
  }

  #send(machine: Machine, to: string, bytes: Uint8Array): void {
    const liar = this.#liars.get(machine);
    if (liar === undefined) this.#carry(machine, to, bytes);
    else liar.send(to, bytes, (target, lie) => this.#carry(machine, target, lie));
  }

  #carry(machine: Machine, to: string, bytes: Uint8Array): void {
    const target = this.#keys.findIndex((key) => key.id === to);
    if (target === -1 || !this.#reaches(machine, target)) return;
    this.network.send(machine.node, target, bytes);
  }

  #deliver(from: number, to: number, bytes: Uint8Array): void {
    this.#trace.update(`${this.timeline.now} ${from} ${to} `).update(bytes);
    for (const machine of this.machinesOf(to)) {
      if (!this.#reaches(machine, from)) continue;
      this.#liars.get(machine)?.receive(bytes, (target, lie) => this.#carry(machine, target, lie));
      machine.deliver(this.#keys[from]!.id, bytes);
    }
  }

  /** A twin talks to the nodes of its side. */
  #reaches(machine: Machine, other: number): boolean {
    const twins = this.machinesOf(machine.node);
    return twins.length === 1 || this.#sides[other] === 2 || this.#sides[other] === twins.indexOf(machine);
  }

  #drawSides(): void {
    this.#sides = this.#keys.map(() => (this.random.chance(0.1) ? 2 : this.random.below(2)));
  }

  #sidesSoon(): void {
    this.timeline.after(this.random.between(500, 3000), () => {
      this.#drawSides();
      this.#sidesSoon();
    });
  }

  /** Gateways send commands to all voters (rule 9); some reach only a few. */
  #commandSoon(): void {
    this.timeline.after(this.random.exponential(1000 / this.plan.commandsPerSecond), () => {
      const id = `c${this.#commands++}`;
      for (const machine of this.machines) if (this.random.chance(0.95)) machine.command(id);
      this.#commandSoon();
    });
  }

  #act(action: Action): void {
    switch (action.kind) {
      case 'crash':
        this.#crash(action);
        break;
      case 'pause':
        this.report.count('pause');
        for (const machine of this.machinesOf(action.node)) machine.pausedUntil = this.timeline.now + action.millis;
        break;
      case 'cut':
        this.report.count(`cut ${action.style}`);
        this.network.cut(action.links);
        this.timeline.after(action.millis, () => this.network.mend(action.links));
        break;
      case 'flap':
        this.#flap(action.links, action.periodMillis, this.timeline.now + action.millis);
        break;
      case 'epoch':
        this.report.count('epoch decided');
        this.decide(action.voters);
        break;
      case 'handOver':
        this.report.count('hand-over');
        for (const machine of this.machines) if (machine.up && machine.status.role === 'czar') machine.handOver();
        break;
      case 'snapshot':
        for (const machine of this.machinesOf(action.node)) machine.takeSnapshot();
        break;
      case 'diverge':
        this.report.count('world diverged');
        for (const machine of this.machinesOf(action.node)) machine.divergeChecks = action.checks;
        break;
    }
  }

  #crash(action: Action & { readonly kind: 'crash' }): void {
    for (const machine of this.machinesOf(action.node)) {
      if (!machine.up) continue;
      machine.crashWhen(action.when, () => {
        this.report.count(`crash ${action.when}`);
        machine.crash();
        if (action.disk === 'lost') {
          this.report.count('disk lost');
          machine.loseDisk();
        }
        if (action.disk === 'rolledBack' && machine.rollBack()) this.report.count('disk rolled back');
        if (machine.lossesPending) this.checkers.lost.add(machine.id);
        this.timeline.after(action.downMillis, () => {
          if (!machine.up) this.#restart(machine);
        });
      });
    }
  }

  #restart(machine: Machine): void {
    machine.start(this.plan.provenDisks && !machine.lossesPending ? 'proven' : 'unknown');
    machine.lossesPending = false;
    this.checkers.checkKept(machine);
  }

  #flap(links: readonly (readonly [number, number])[], period: number, until: number): void {
    this.report.count('link flapped');
    this.network.cut(links);
    this.timeline.after(period, () => {
      this.network.mend(links);
      if (this.timeline.now + period < until) this.timeline.after(period, () => this.#flap(links, period, until));
    });
  }

  decide(voters: readonly number[]): void {
    if (!this.#deciding) return;
    this.#decisions.push({ voters, cite: toUtf8(`decision ${this.#decisions.length}`), done: false });
  }

  /** The council waits until things are calm; what was decided and not proposed is not proposed any more. */
  stopDeciding(): void {
    for (const decision of this.#decisions) decision.done = true;
    this.#deciding = false;
  }

  /** The council's newest decision as it would open the epoch after the asking czar's; a node that lost its disk comes back as a new incarnation. */
  #nextEpoch(machine: Machine): NextEpochBody | null {
    const { epoch } = machine.state;
    const decision = this.#decisions.find(({ done }) => !done);
    const lost = epoch.voters.findIndex((voter) => this.#needsIncarnation(voter));
    if (decision === undefined && lost === -1) return null;
    const nodes = decision?.voters ?? epoch.voters.map((voter) => this.#keys.findIndex((key) => key.id === voter.id));
    const voters = nodes.map((node): VoterEntry => {
      const { id, publicKey } = this.#keys[node]!;
      return { id, publicKey, incarnation: Math.max(0, ...this.machinesOf(node).map((one) => one.state.incarnation)) };
    });
    const learners = this.#keys.map((key) => key.id).filter((id) => !voters.some((voter) => voter.id === id));
    const next = { voters, learners, cite: concat([decision?.cite ?? toUtf8('again'), toUtf8(` ${epoch.number}`)]) };
    this.#decided.add(Buffer.from(encodeNextEpoch(next)).toString('hex'));
    if (decision !== undefined && machine.honest) decision.done = true;
    return next;
  }

  #needsIncarnation(voter: VoterEntry): boolean {
    return this.machines.some((machine) => machine.id === voter.id && machine.honest && machine.state.incarnation > voter.incarnation);
  }

  #fetchState(root: Hash, height: number): WorldState | null {
    for (const machine of this.machines)
      for (const snapshot of machine.snapshots) if (snapshot.root === root && snapshot.height === height) return snapshot;
    return null;
  }
}

function keyOf(plan: Plan, node: number): { id: string; publicKey: Uint8Array; crypto: ReplicaCrypto } {
  const id = `n${node}`;
  if (plan.crypto === 'stub') return { id, publicKey: stubKey(id), crypto: stubCrypto(id) };
  const crypto = realCrypto(id);
  return { id, publicKey: crypto.publicKey, crypto };
}

function configOf(keys: readonly { readonly id: string; readonly publicKey: Uint8Array }[], voters: number): GroupConfig {
  return {
    world: WORLD,
    lineage: 1,
    group: 'overworld',
    epoch: 1,
    voters: keys.slice(0, voters).map(({ id, publicKey }) => ({ id, publicKey })),
    learners: keys.slice(voters).map(({ id }) => id),
    self: keys[0]!.id,
    base: genesisOf({ world: WORLD, lineage: 1, group: 'overworld', stateRoot: GENESIS.root }, { digest }),
  };
}
