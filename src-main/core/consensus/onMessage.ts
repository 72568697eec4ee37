import { toHex } from '../../../src-shared/units/index.ts';
import { decodeEnvelope, WireError, type AgreementMessage, type Envelope } from '../../../src-shared/wire/index.ts';
import { onAnswer } from './onAsk.ts';
import { onBatch } from './onBatch.ts';
import { onCertificate, onLeaveCertificate } from './onCertificate.ts';
import { onFetch } from './onFetch.ts';
import { onHeartbeat, onPing, onPong } from './onHeartbeat.ts';
import { onOffer } from './onOffer.ts';
import { onProposal } from './onProposal.ts';
import { onStatement } from './onStatement.ts';
import { onVotes } from './onVotes.ts';
import { askAcrossEpochs } from './fetch.ts';
import type { Outbox } from './outbox.ts';
import { peerOf, type State } from './state.ts';

/** A message of another node. What is malformed or from an earlier run of the sender is dropped. */
export function onMessage(state: State, out: Outbox, from: string, bytes: Uint8Array): void {
  const envelope = decode(state, bytes);
  if (envelope === null || from === state.group.self) return;
  if (isKnownNode(state, from)) peerOf(state, from).heardAt = state.now;
  if (isOfEarlierRun(state, from, toHex(envelope.boot))) return;
  if (envelope.epoch > state.epoch.number) askAcrossEpochs(state, out, from);
  dispatch(state, out, from, envelope);
}

function dispatch(state: State, out: Outbox, from: string, { epoch, message }: Envelope): void {
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
    case 'proposal':
    case 'votes':
    case 'statement':
    case 'certificate':
    case 'leaveCertificate':
    case 'heartbeat':
    case 'answer':
      if (epoch === state.epoch.number) dispatchOfEpoch(state, out, from, message);
      break;
  }
}

type OfEpoch = Extract<
  AgreementMessage,
  { readonly type: 'proposal' | 'votes' | 'statement' | 'certificate' | 'leaveCertificate' | 'heartbeat' | 'answer' }
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
    case 'answer':
      onAnswer(state, out, from, message);
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

/** Rule 11: after a node has come back and said so, delayed messages of its earlier runs count no more. */
function isOfEarlierRun(state: State, from: string, boot: string): boolean {
  const peer = state.peers.get(from);
  if (peer === undefined) return false;
  if (peer.oldBoots.includes(boot)) return true;
  peer.boot = boot;
  return false;
}

function isKnownNode(state: State, id: string): boolean {
  return state.epoch.voters.some((voter) => voter.id === id) || state.learners.includes(id);
}
