import { toHex } from '../../../src-shared/units/index.ts';
import { BOOTS_REMEMBERED_MAX } from '../../../src-shared/config/index.ts';
import { decodeEnvelope, WireError, type AgreementMessage, type Envelope } from '../../../src-shared/wire/index.ts';
import { onAnswer, onAsk } from './onAsk.ts';
import { onBatch } from './onBatch.ts';
import { onCertificate, onLeaveCertificate } from './onCertificate.ts';
import { onFetch } from './onFetch.ts';
import { onHeartbeat, onPing, onPong } from './onHeartbeat.ts';
import { onOffer } from './onOffer.ts';
import { onProposal } from './onProposal.ts';
import { onStatement } from './onStatement.ts';
import { onVotes } from './onVotes.ts';
import type { Outbox } from './outbox.ts';
import { peerOf, type State } from './state.ts';

/** A message of another node. What is malformed, from a stranger, or from an earlier run of the sender is dropped. */
export function onMessage(state: State, out: Outbox, from: string, bytes: Uint8Array): void {
  const envelope = decode(state, bytes);
  if (envelope === null || from === state.group.self || !isOfThisRun(state, from, toHex(envelope.boot))) return;
  if (isKnownNode(state, from)) peerOf(state, from).heardAt = state.now;
  dispatch(state, out, from, envelope);
}

function dispatch(state: State, out: Outbox, from: string, { epoch, boot, message }: Envelope): void {
  switch (message.type) {
    case 'ping':
      onPing(state, out, from, epoch, message);
      break;
    case 'pong':
      onPong(state, from, message);
      break;
    case 'fetch':
      onFetch(state, out, from, epoch, message);
      break;
    case 'batch':
      onBatch(state, out, message);
      break;
    case 'offer':
      onOffer(state, out, from, message);
      break;
    case 'ask':
      onAsk(state, out, from, boot);
      break;
    case 'answer':
      onAnswer(state, out, from, epoch, message);
      break;
    case 'proposal':
    case 'votes':
    case 'statement':
    case 'certificate':
    case 'leaveCertificate':
    case 'heartbeat':
      if (epoch === state.epoch.number) dispatchOfEpoch(state, out, from, message);
      break;
  }
}

type OfEpoch = Extract<
  AgreementMessage,
  { readonly type: 'proposal' | 'votes' | 'statement' | 'certificate' | 'leaveCertificate' | 'heartbeat' }
>;

/** Votes, certificates and proposals mean something in their own epoch only. */
function dispatchOfEpoch(state: State, out: Outbox, from: string, message: OfEpoch): void {
  switch (message.type) {
    case 'proposal':
      onProposal(state, out, from, message);
      break;
    case 'votes':
      onVotes(state, out, from, message);
      break;
    case 'statement':
      onStatement(state, out, from, message.signed);
      break;
    case 'certificate':
      onCertificate(state, out, message.certificate);
      break;
    case 'leaveCertificate':
      onLeaveCertificate(state, out, message.certificate);
      break;
    case 'heartbeat':
      onHeartbeat(state, from, message);
      break;
  }
}

function decode(state: State, bytes: Uint8Array): Envelope | null {
  try {
    return decodeEnvelope(bytes, state.crypto);
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

/** Rule 11: after a node has come back, delayed messages of its earlier runs count no more. */
function isOfThisRun(state: State, from: string, boot: string): boolean {
  if (!isKnownNode(state, from)) return true;
  const peer = peerOf(state, from);
  if (peer.boot === boot) return true;
  if (peer.oldBoots.includes(boot)) return false;
  if (peer.boot !== null) peer.oldBoots.push(peer.boot);
  if (peer.oldBoots.length > BOOTS_REMEMBERED_MAX) peer.oldBoots.shift();
  peer.boot = boot;
  return true;
}

function isKnownNode(state: State, id: string): boolean {
  return state.epoch.voters.some((voter) => voter.id === id) || state.learners.includes(id);
}
