import {
  verifyEvidence,
  type GroupConfig,
  type LogEntry,
  type ReplicaCrypto,
  type ReplicaOutputs,
} from '../../src-main/core/consensus/index.ts';
import { buildEpoch, type Epoch } from '../../src-main/core/consensus/epoch.ts';
import {
  decodeEnvelope,
  decodeFinalProof,
  decodeNextEpoch,
  decodeRecord,
  hashOfHeader,
  signedBytesOfVote,
  type AgreementMessage,
  type FinalProof,
  type LeaveCertificate,
  type QuorumCertificate,
  type SignedVote,
} from '../../src-shared/wire/index.ts';
import type { Hash } from '../../src-shared/units/index.ts';
import type { Machine, Watcher } from './machine.ts';
import type { Report } from './report.ts';
import { execute, GENESIS, type WorldState } from './world.ts';

/** A rule of the test document that a run broke. */
export interface Violation {
  readonly rule: string;
  readonly what: string;
  readonly at: number;
}

interface Promises {
  /** Signatures of own votes that are on disk, in hexadecimal. */
  readonly durable: Set<string>;
  readonly notars: Map<string, Hash>;
  readonly finals: Map<string, Hash>;
  left: number;
  lastNotar: { readonly view: number; readonly height: number } | null;
}

/**
 * Watches a whole run from outside and compares it with S1 to S8, S12, S13. Knows the protocol's words (how votes, certificates and entries are
 * written) and none of its decisions: quorums, chains and verdicts are computed here again.
 */
export class Checkers implements Watcher {
  readonly violations: Violation[] = [];
  readonly #now: () => number;
  readonly #crypto: ReplicaCrypto;
  readonly #config: GroupConfig;
  readonly #report: Report;
  readonly #liars: ReadonlySet<string>;
  /** Honest nodes that lost their disk: what they sign in that epoch is not held against anyone. */
  readonly lost = new Set<string>();
  /** Epochs that a final EpochEnd opened, by number. */
  readonly epochs = new Map<number, Epoch>();
  /** The one history: the final entry at each height, with the state that follows from all before. */
  readonly #finals: { readonly hash: Hash; readonly epoch: number; readonly by: string }[] = [];
  readonly #states: WorldState[] = [GENESIS];
  /** Height up to which each node has announced finals, over all its runs. */
  readonly #heights = new Map<string, number>();
  readonly #certificates = new Map<string, Hash>();
  readonly #notarVoters = new Map<string, Set<number>>();
  readonly #promises = new Map<string, Promises>();
  readonly #seen = new WeakSet<Uint8Array>();
  readonly accused = new Map<string, Set<string>>();
  /** Liars may be more than the voters bear: forks are found, not forbidden. */
  readonly #forksAllowed: boolean;
  forks = 0;
  #messages = 0;

  constructor(parts: {
    readonly now: () => number;
    readonly crypto: ReplicaCrypto;
    readonly config: GroupConfig;
    readonly report: Report;
    readonly liars: ReadonlySet<string>;
    readonly forksAllowed: boolean;
  }) {
    this.#now = parts.now;
    this.#crypto = parts.crypto;
    this.#config = parts.config;
    this.#report = parts.report;
    this.#liars = parts.liars;
    this.#forksAllowed = parts.forksAllowed;
    const { config } = parts;
    const voters = config.voters.map((voter) => ({ ...voter, incarnation: 0 }));
    const first = { lineage: config.lineage, epoch: config.epoch, voters, learners: config.learners, base: config.base };
    this.epochs.set(config.epoch, buildEpoch(first, config, this.#crypto));
  }

  get finalHeight(): number {
    return this.#finals.length;
  }

  onDurable(machine: Machine, records: readonly Uint8Array[]): void {
    if (!machine.honest) return;
    for (const bytes of records) {
      const record = decodeRecord(bytes, this.#crypto);
      if (record.type === 'vote') this.#vote(machine, record.epoch, record.signed);
    }
  }

  onSend(machine: Machine, _to: string, bytes: Uint8Array): void {
    this.#report.count('messages');
    if (!machine.honest) return;
    this.#checkStorm(machine);
    if (this.#seen.has(bytes)) return;
    this.#seen.add(bytes);
    const { epoch, message } = decodeEnvelope(bytes, this.#crypto);
    for (const signed of ownVotes(message)) this.#sent(machine, epoch, signed);
    for (const certificate of certificatesOf(message)) this.#certificate(epoch, certificate, machine.id);
    for (const certificate of leavesOf(message)) this.#leaveCertificate(epoch, certificate, machine.id);
    if (message.type === 'batch' && message.proof !== null) this.#proof(message.proof, machine.id);
  }

  onFinal(machine: Machine, entry: LogEntry, certificate: Uint8Array, root: Hash): void {
    if (!machine.honest) return;
    if (this.forks > 0) return;
    const { id } = machine;
    const state = this.#states[entry.height]!;
    if (state.root !== root || entry.stateRoot !== root) this.#fail('S8', `${id} has another state at ${entry.height}`);
    this.#heights.set(id, Math.max(this.#heights.get(id) ?? 0, entry.height));
    const proof = decodeFinalProof(certificate);
    if (hashOfHeader(proof.headers[0]!, this.#crypto) !== entry.hash)
      this.#fail('S6', `${id} announced ${entry.height} with another's proof`);
    this.#proof(proof, id);
  }

  /** S1, before anything of the step leaves the machine. */
  #history(machine: Machine, entry: LogEntry): void {
    const known = this.#finals[entry.height - 1];
    if (known === undefined) this.#firstFinal(machine, entry);
    else if (known.hash !== entry.hash) {
      this.forks += 1;
      if (!this.#forksAllowed) this.#fail('S1', `${machine.id} holds another entry as final at ${entry.height} than ${known.by}`);
    }
  }

  onStep(machine: Machine, outputs: ReplicaOutputs): void {
    if (machine.honest) for (const { entry } of outputs.finals) this.#history(machine, entry);
    for (const event of outputs.events) {
      if (event.type === 'role') this.#report.count('views opened');
      if (event.type === 'epoch') this.#report.count('epoch opened');
      if (event.type === 'refused') this.#report.count('refusal');
      if (event.type === 'frozen') this.#report.count('freeze');
      if (event.type === 'diskLost') this.#report.count('disk loss proven by others');
      if (event.type !== 'evidence' || !machine.honest) continue;
      this.#report.count('evidence');
      this.#evidence(machine, event);
    }
    if (machine.honest && outputs.messages.length > 200)
      this.#fail('S13', `${machine.id} sent ${outputs.messages.length} messages in one step`);
  }

  /** S2: what a node holds as final now, after whatever happened to it, is the one history up to its height. */
  checkHistory(machine: Machine): void {
    if (!machine.honest || !machine.up || this.forks > 0) return;
    const { announced, log, tip } = machine.state;
    const hash = log[announced - (log[0]?.entry.height ?? 0)]?.entry.hash ?? (tip.height === announced ? tip.hash : null);
    const expected = announced === 0 ? this.#config.base.hash : this.#finals[announced - 1]?.hash;
    if (hash !== null && hash !== expected) this.#fail('S2', `${machine.id} holds another past at ${announced}`);
    if (machine.world.root !== this.#states[announced]?.root) this.#fail('S8', `${machine.id} has another state at ${announced}`);
  }

  /** S2: a sole voter has nobody to learn from: everything it announced is in its log. */
  checkKept(machine: Machine): void {
    const { epoch, tip } = machine.state;
    if (!machine.honest || this.lost.has(machine.id) || epoch.voters.length > 1 || epoch.self === -1) return;
    if (tip.height < (this.#heights.get(machine.id) ?? 0)) this.#fail('S2', `${machine.id} came back below what it had announced`);
  }

  /** S13: nothing that others send makes a node keep more than the limits. */
  checkBounds(machine: Machine): void {
    if (!machine.honest) return;
    const { ballots, unfinal, peers, waiting, commands } = machine.state;
    const sizes = { ballots: ballots.size, unfinal: unfinal.size, peers: peers.size, waiting: waiting.length, commands: commands.size };
    const most = { ballots: 1200, unfinal: 1100, peers: 24, waiting: 400, commands: 4096 };
    for (const key of Object.keys(sizes) as (keyof typeof sizes)[])
      if (sizes[key] > most[key]) this.#fail('S13', `${machine.id} keeps ${sizes[key]} ${key}`);
  }

  /** S13: honest nodes that talk in circles are noticed before the run drowns in it. */
  #checkStorm(machine: Machine): void {
    this.#messages += 1;
    const { voters, learners } = machine.parts.plan;
    const most = 5000 + (this.#now() / 1000) * (voters + learners) ** 2 * 200;
    if (this.#messages > most && this.violations.length === 0) this.#fail('S13', `${this.#messages} messages, the last by ${machine.id}`);
  }

  #firstFinal(machine: Machine, entry: LogEntry): void {
    if (entry.height !== this.#finals.length + 1) {
      this.#fail('S1', `${machine.id} announced ${entry.height} while ${this.#finals.length} was the newest final`);
      return;
    }
    const below = this.#finals.at(-1);
    if (entry.parent !== (below?.hash ?? this.#config.base.hash)) {
      this.forks += 1;
      if (!this.#forksAllowed) this.#fail('S1', `${entry.height} does not stand on the final below it`);
      return;
    }
    const epochs = [...this.epochs.keys()];
    if (entry.epoch !== Math.max(...epochs)) this.#fail('S7', `${entry.height} was decided in epoch ${entry.epoch} after its end`);
    if (entry.kind === 'void') this.#fail('S7', `a void entry counts as final at ${entry.height}`);
    this.#finals.push({ hash: entry.hash, epoch: entry.epoch, by: machine.id });
    this.#states.push(execute(this.#states.at(-1)!, entry));
    this.#report.count('entries final');
    if (entry.kind !== 'epochEnd') return;
    const next = decodeNextEpoch(entry.payload);
    const base = { hash: entry.hash, height: entry.height, stateRoot: entry.stateRoot };
    const opened = { lineage: this.#config.lineage, epoch: entry.epoch + 1, voters: next.voters, learners: next.learners, base };
    this.epochs.set(opened.epoch, buildEpoch(opened, this.#config, this.#crypto));
  }

  /** S4, for one vote that became durable. A compacted log repeats votes; the same signature is the same vote. */
  #vote(machine: Machine, epoch: number, signed: SignedVote): void {
    const promises = this.#promisesOf(machine.id, epoch);
    const signature = Buffer.from(signed.signature).toString('hex');
    if (promises.durable.has(signature)) return;
    promises.durable.add(signature);
    if (this.lost.has(machine.id)) {
      this.#report.count('exempt: votes of a node that lost its disk');
      return;
    }
    const { vote } = signed;
    if (vote.kind === 'leave') {
      promises.left = Math.max(promises.left, vote.view);
      return;
    }
    const rank = `${vote.view}:${vote.height}`;
    const same = vote.kind === 'notar' ? promises.notars : promises.finals;
    const { id } = machine;
    if ((same.get(rank) ?? vote.hash) !== vote.hash) this.#fail('S4', `${id} signed two ${vote.kind} votes for ${rank}`);
    if (vote.view <= promises.left) this.#fail('S4', `${id} signed ${vote.kind} for ${rank} after it had left view ${promises.left}`);
    same.set(rank, vote.hash);
    if (vote.kind === 'notar') this.#notar(promises, epoch, signed, id);
    else if (this.#votersFor(epoch, rank, vote.hash) < this.#quorum(epoch)) this.#fail('S4', `${id} signed Final for ${rank} without QC1`);
  }

  #notar(promises: Promises, epoch: number, signed: SignedVote, id: string): void {
    const { vote } = signed;
    if (vote.kind === 'leave') return;
    const last = promises.lastNotar;
    if (last !== null && (vote.view < last.view || (vote.view === last.view && vote.height <= last.height)))
      this.#fail('S4', `${id} signed Notar for ${vote.view}:${vote.height} after ${last.view}:${last.height}`);
    promises.lastNotar = vote;
    const key = `${epoch} ${vote.view}:${vote.height} ${vote.hash}`;
    const voters = this.#notarVoters.get(key) ?? new Set<number>();
    voters.add(signed.voter);
    this.#notarVoters.set(key, voters);
  }

  /** Honest voters whose Notar is durable, and every liar: what they sign is not watched. */
  #votersFor(epoch: number, rank: string, hash: Hash): number {
    const honest = this.#notarVoters.get(`${epoch} ${rank} ${hash}`)?.size ?? 0;
    const unwatched = (this.epochs.get(epoch)?.voters ?? []).filter(({ id }) => this.#liars.has(id) || this.lost.has(id));
    return honest + unwatched.length;
  }

  /** S5. */
  #sent(machine: Machine, epoch: number, signed: SignedVote): void {
    const voter = this.epochs.get(epoch)?.voters[signed.voter];
    if (voter?.id !== machine.id) this.#fail('S4', `${machine.id} sent a vote as voter ${signed.voter} of epoch ${epoch}`);
    const signature = Buffer.from(signed.signature).toString('hex');
    if (!this.#promisesOf(machine.id, epoch).durable.has(signature) && !this.lost.has(machine.id))
      this.#fail('S5', `${machine.id} sent ${signed.vote.kind} of view ${signed.vote.view} before it was on its disk`);
  }

  /** S3 and S6. */
  #certificate(number: number, certificate: QuorumCertificate, by: string): void {
    const { kind, view, height, hash } = certificate;
    const epoch = this.epochs.get(number);
    const key = `${number} ${kind} ${view}:${height}`;
    const known = this.#certificates.get(key);
    if (known === hash) return;
    if (known !== undefined && !this.#forksAllowed) this.#fail('S3', `two ${kind} certificates for ${view}:${height} of epoch ${number}`);
    this.#certificates.set(key, hash);
    const valid =
      epoch !== undefined &&
      this.#areDistinct(epoch, certificate.votes) &&
      certificate.votes.every((vote) => this.#isSigned(epoch, { ...vote, vote: { kind, view, height, hash } }));
    if (!valid) this.#fail('S6', `${by} sent a ${kind} certificate for ${view}:${height} that is none`);
  }

  #leaveCertificate(number: number, certificate: LeaveCertificate, by: string): void {
    const epoch = this.epochs.get(number);
    const { view } = certificate;
    const valid =
      epoch !== undefined &&
      this.#areDistinct(epoch, certificate.votes) &&
      certificate.votes.every(({ voter, high, signature }) =>
        this.#isSigned(epoch, { voter, signature, vote: { kind: 'leave', view, high } }),
      );
    if (!valid) this.#fail('S6', `${by} sent a leave certificate for ${view} that is none`);
    if (certificate.high !== null) this.#certificate(number, certificate.high, by);
  }

  #proof(proof: FinalProof, by: string): void {
    this.#certificate(proof.headers[0]!.epoch, proof.certificate, by);
  }

  #evidence(machine: Machine, event: { readonly against: string; readonly kind: string; readonly proof: Uint8Array }): void {
    const { against, kind, proof } = event;
    this.accused.set(against, (this.accused.get(against) ?? new Set()).add(kind));
    if (this.lost.has(against)) {
      this.#report.count('exempt: evidence against a node that lost its disk');
      return;
    }
    if (!this.#liars.has(against)) this.#fail('S12', `${machine.id} accuses ${against} of ${kind}`);
    const proven = [...this.epochs.values()].some((epoch) => {
      const { world, group, self } = this.#config;
      const { lineage, voters, base } = epoch.record;
      const config: GroupConfig = { world, lineage, group, epoch: epoch.number, voters, learners: [], self, base };
      return verifyEvidence(proof, config, this.#crypto)?.against === against;
    });
    if (!proven) this.#fail('S12', `the evidence of ${kind} against ${against} proves nothing`);
  }

  #areDistinct(epoch: Epoch, votes: readonly { readonly voter: number }[]): boolean {
    const voters = new Set(votes.map(({ voter }) => voter));
    return voters.size === votes.length && voters.size >= this.#quorum(epoch.number);
  }

  #isSigned(epoch: Epoch, signed: SignedVote): boolean {
    const key = epoch.voters[signed.voter]?.publicKey;
    return key !== undefined && this.#crypto.verify(key, signedBytesOfVote(epoch.domain, signed.vote), signed.signature);
  }

  /** Counted here on its own: the smallest number of voters that are at least two thirds. */
  #quorum(number: number): number {
    const size = this.epochs.get(number)?.voters.length ?? Infinity;
    let quorum = 0;
    while (3 * quorum < 2 * size && quorum < 100) quorum += 1;
    return quorum;
  }

  #promisesOf(id: string, epoch: number): Promises {
    const key = `${id} ${epoch}`;
    let promises = this.#promises.get(key);
    if (promises === undefined) {
      promises = { durable: new Set(), notars: new Map(), finals: new Map(), left: 0, lastNotar: null };
      this.#promises.set(key, promises);
    }
    return promises;
  }

  #fail(rule: string, what: string): void {
    this.violations.push({ rule, what, at: Math.round(this.#now()) });
  }
}

function ownVotes(message: AgreementMessage): readonly SignedVote[] {
  if (message.type === 'votes') return message.votes;
  if (message.type !== 'proposal') return [];
  const { view, height, hash } = message.entry;
  return [{ voter: message.czar, vote: { kind: 'notar', view, height, hash }, signature: message.signature }];
}

function certificatesOf(message: AgreementMessage): readonly QuorumCertificate[] {
  if (message.type === 'certificate') return [message.certificate];
  if (message.type === 'votes' && message.high !== null) return [message.high];
  if (message.type === 'proposal' && message.by.kind === 'chain') return [message.by.certificate];
  return message.type === 'batch' && message.tailCertificate !== null ? [message.tailCertificate] : [];
}

function leavesOf(message: AgreementMessage): readonly LeaveCertificate[] {
  if (message.type === 'leaveCertificate') return [message.certificate];
  return message.type === 'proposal' && message.by.kind === 'leave' ? [message.by.certificate] : [];
}
