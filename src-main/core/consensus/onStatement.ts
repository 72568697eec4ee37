import { signedBytesOfStatement, type SignedStatement } from '../../../src-shared/wire/index.ts';
import { compact } from './compact.ts';
import { onAsk } from './onAsk.ts';
import type { Outbox } from './outbox.ts';
import { noteRefusal, signStatement } from './refuse.ts';
import { broadcast } from './send.ts';
import { peerOf, type State } from './state.ts';

export function onStatement(state: State, out: Outbox, from: string, signed: SignedStatement): void {
  const voter = state.epoch.voters[signed.voter];
  if (voter?.id !== from) return;
  const { statement } = signed;
  if (
    signed.voter === state.epoch.self ||
    !state.crypto.verify(voter.publicKey, signedBytesOfStatement(state.epoch.domain, statement), signed.signature)
  )
    return;
  if (statement.kind === 'ask') {
    onAsk(state, out, from, signed.voter, statement.boot);
    return;
  }
  if (statement.kind === 'durable') {
    const peer = peerOf(state, from);
    peer.durableHeight = Math.max(peer.durableHeight, statement.height);
    acceptSnapshot(state, out);
    return;
  }
  if (statement.view < state.view - 1 || statement.view > state.view) return;
  out.events.push({ type: 'refused', by: from, entry: statement.hash, stateRoot: statement.stateRoot, code: statement.code });
  noteRefusal(state, out, statement.view, signed.voter);
}

/** Rule 12: a voter reports its snapshot and trims once q voters hold one as new; who does not vote trims at once. */
export function onSnapshotDurable(state: State, out: Outbox, height: number): void {
  const held = state.log[height - (state.log[0]?.entry.height ?? 0)];
  if (held === undefined || height > state.announced || height <= state.anchor.height) return;
  if (state.epoch.quorum === 1 || state.epoch.self === -1) {
    compact(state, out, height);
    return;
  }
  state.snapshot = height;
  reportSnapshot(state, out);
  acceptSnapshot(state, out);
}

export function reportSnapshot(state: State, out: Outbox): void {
  const held = state.snapshot === null ? undefined : state.log[state.snapshot - (state.log[0]?.entry.height ?? 0)];
  if (held === undefined || state.epoch.self === -1) return;
  const { height, hash, stateRoot } = held.entry;
  broadcast(state, out, { type: 'statement', signed: signStatement(state, { kind: 'durable', height, hash, stateRoot }) });
}

function acceptSnapshot(state: State, out: Outbox): void {
  if (state.snapshot === null) return;
  const height = state.snapshot;
  const others = state.epoch.voters.filter((voter, index) => index !== state.epoch.self && peerOf(state, voter.id).durableHeight >= height);
  if (others.length + 1 < state.epoch.quorum) return;
  state.snapshot = null;
  if (compact(state, out, height)) out.events.push({ type: 'snapshotAccepted', height, hash: state.anchor.hash });
}
