import { execute } from './world.ts';
import {
  buildEntry,
  decodeEnvelope,
  encodeEnvelope,
  signedBytesOfVote,
  WireError,
  type AgreementMessage,
  type Envelope,
  type QuorumCertificate,
  type SignedVote,
  type Vote,
} from '../../src-shared/wire/index.ts';
import { concat, toUtf8, type Hash } from '../../src-shared/units/index.ts';
import { digest } from './stub-crypto.ts';
import type { Machine } from './machine.ts';
import type { Lie } from './plan.ts';
import type { Random } from './random.ts';

type Send = (to: string, bytes: Uint8Array) => void;

/** What stands between a liar's replica and the network. It signs with its own key only. */
export class Liar {
  readonly #machine: Machine;
  readonly #lie: Lie;
  readonly #random: Random;
  readonly #others: readonly string[];
  readonly #known: QuorumCertificate[] = [];
  readonly #signed = new Set<string>();
  #shunned: ReadonlySet<string> = new Set();

  constructor(parts: { readonly machine: Machine; readonly lie: Lie; readonly random: Random; readonly others: readonly string[] }) {
    this.#machine = parts.machine;
    this.#lie = parts.lie;
    this.#random = parts.random;
    this.#others = parts.others;
  }

  /** An honest message of the replica below, on its way out. */
  send(to: string, bytes: Uint8Array, send: Send): void {
    const random = this.#random;
    if (random.chance(0.02)) this.#shunned = new Set(this.#others.filter(() => random.chance(0.4)));
    switch (this.#lie) {
      case 'withhold':
        if (!random.chance(0.5)) send(to, bytes);
        return;
      case 'selective':
        if (!this.#shunned.has(to)) send(to, bytes);
        return;
      case 'equivocate':
        send(to, this.#equivocate(to, bytes));
        return;
      case 'forge':
        send(to, bytes);
        if (random.chance(0.3)) this.#forge(to, bytes, send);
        return;
      case 'flood':
        send(to, bytes);
        if (random.chance(0.2)) for (let i = 0; i < 20; i++) send(to, this.#junk(bytes));
        return;
      case 'twin':
      case 'amnesia':
      case 'wrongRoot':
      case 'censor':
        send(to, bytes);
        return;
    }
  }

  /** A message that reaches the liar: the amnesiac votes for everything it sees, as often as it likes. */
  receive(bytes: Uint8Array, send: Send): void {
    if (this.#lie !== 'amnesia') return;
    const envelope = decode(bytes);
    const { state } = this.#machine;
    if (envelope === null || envelope.epoch !== state.epoch.number || state.epoch.self === -1) return;
    for (const certificate of certificatesIn(envelope.message)) if (certificate.kind === 'notar') this.#known.push(certificate);
    for (const { view, height, hash } of ranksIn(envelope.message)) {
      this.#say({ kind: 'notar', view, height, hash }, null, send);
      if (this.#random.chance(0.7)) this.#say({ kind: 'final', view, height, hash }, null, send);
    }
    if (this.#random.chance(0.1)) this.#leaveLow(send);
  }

  /** Leaves a view with a certificate that is lower than what it knows. */
  #leaveLow(send: Send): void {
    const { state } = this.#machine;
    const { base } = state.epoch.record;
    const high = this.#known.length === 0 || this.#random.chance(0.3) ? null : this.#random.pick(this.#known);
    const view = state.view + this.#random.below(2);
    if (high !== null && high.view > view) return;
    const named = high ?? { view: 0, height: base.height, hash: base.hash };
    this.#say({ kind: 'leave', view, high: { view: named.view, height: named.height, hash: named.hash } }, high, send);
  }

  #say(vote: Vote, high: QuorumCertificate | null, send: Send): void {
    const { state, parts } = this.#machine;
    const bytes = signedBytesOfVote(state.epoch.domain, vote);
    const key = Buffer.from(bytes).toString('hex');
    if (this.#signed.has(key)) return;
    this.#signed.add(key);
    const signed: SignedVote = { voter: state.epoch.self, vote, signature: parts.crypto.sign(bytes) };
    const message = encodeEnvelope({ epoch: state.epoch.number, boot: state.boot, message: { type: 'votes', votes: [signed], high } });
    for (const to of this.#others) if (this.#random.chance(0.8)) send(to, message);
  }

  /** Another entry for the same rank, for half of the others. */
  #equivocate(to: string, bytes: Uint8Array): Uint8Array {
    const envelope = decode(bytes);
    if (envelope?.message.type !== 'proposal' || envelope.message.entry.kind !== 'normal') return bytes;
    if (this.#others.indexOf(to) % 2 === 0 && this.#random.chance(0.9)) return bytes;
    const { entry } = envelope.message;
    const below = this.#machine.stateBelow(entry.hash);
    if (below === null) return bytes;
    const payload = concat([entry.payload, toUtf8(' lie')]);
    const stateRoot = execute(below, { kind: 'normal', payload }).root;
    const { kind, epoch, view, parentView, height, parent } = entry;
    const other = buildEntry({ kind, epoch, view, parentView, height, parent, stateRoot }, payload, { digest });
    const vote = { kind: 'notar', view, height, hash: other.hash } as const;
    const signature = this.#machine.parts.crypto.sign(signedBytesOfVote(this.#machine.state.epoch.domain, vote));
    return encodeEnvelope({ ...envelope, message: { ...envelope.message, entry: other, signature } });
  }

  #forge(to: string, bytes: Uint8Array, send: Send): void {
    const envelope = decode(bytes);
    if (envelope === null) return;
    for (const certificate of certificatesIn(envelope.message)) this.#known.push(certificate);
    if (this.#known.length === 0) return;
    const certificate = this.#random.pick(this.#known.slice(-20));
    const message = { type: 'certificate', certificate: this.#falsify(certificate) } as const;
    try {
      send(to, encodeEnvelope({ epoch: envelope.epoch, boot: envelope.boot, message }));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  #falsify(certificate: QuorumCertificate): QuorumCertificate {
    const { votes } = certificate;
    const own = votes.find(({ voter }) => voter === this.#machine.state.epoch.self);
    switch (this.#random.below(6)) {
      case 0:
        return { ...certificate, kind: 'final' };
      case 1:
        return { ...certificate, votes: votes.slice(1) };
      case 2:
        return { ...certificate, height: certificate.height + 1 };
      case 3:
        return { ...certificate, view: certificate.view + 1 };
      case 4:
        return { ...certificate, votes: votes.map(({ voter }) => ({ voter, signature: own?.signature ?? this.#random.bytes(64) })) };
      default:
        return certificate;
    }
  }

  #junk(bytes: Uint8Array): Uint8Array {
    const { state, parts } = this.#machine;
    if (this.#random.chance(0.3)) return this.#random.bytes(this.#random.below(400));
    if (state.epoch.self === -1 || this.#random.chance(0.2)) return bytes;
    const hash = parts.config.world;
    const rank = { view: state.view + this.#random.below(6), height: state.tip.height + this.#random.below(200), hash };
    const vote = { kind: this.#random.pick(['notar', 'final'] as const), ...rank };
    const signature = parts.crypto.sign(signedBytesOfVote(state.epoch.domain, vote));
    const votes = [{ voter: state.epoch.self, vote, signature }];
    return encodeEnvelope({ epoch: state.epoch.number, boot: state.boot, message: { type: 'votes', votes, high: null } });
  }
}

function decode(bytes: Uint8Array): Envelope | null {
  try {
    return decodeEnvelope(bytes, { digest });
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

function certificatesIn(message: AgreementMessage): readonly QuorumCertificate[] {
  if (message.type === 'certificate') return [message.certificate];
  if (message.type === 'proposal' && message.by.kind === 'chain') return [message.by.certificate];
  if (message.type === 'proposal' && message.by.kind === 'leave' && message.by.certificate.high !== null)
    return [message.by.certificate.high];
  return message.type === 'votes' && message.high !== null ? [message.high] : [];
}

function ranksIn(message: AgreementMessage): readonly { readonly view: number; readonly height: number; readonly hash: Hash }[] {
  if (message.type === 'proposal') return [message.entry];
  if (message.type === 'certificate') return [message.certificate];
  if (message.type !== 'votes') return [];
  return message.votes.flatMap(({ vote }) => (vote.kind === 'leave' ? [] : [vote]));
}
