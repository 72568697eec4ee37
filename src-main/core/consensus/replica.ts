import { COMMANDS_WATCHED_MAX, FETCH_MILLIS, PING_MILLIS, STANDSTILL_MILLIS_MIN } from '../../../src-shared/config/index.ts';
import { BOOT_BYTES } from '../../../src-shared/wire/index.ts';
import { advance } from './advance.ts';
import { freshSeen } from './commit.ts';
import type { GroupConfig, Replica, ReplicaCrypto, ReplicaInput, ReplicaOptions, ReplicaOutputs } from './door.ts';
import { isCzar } from './czar.ts';
import { epochOfConfig } from './epoch.ts';
import { onChecked } from './onChecked.ts';
import { onMessage } from './onMessage.ts';
import { onInstalled } from './onOffer.ts';
import { onPropose } from './onPropose.ts';
import { onSnapshotDurable } from './onStatement.ts';
import { onStart } from './onStart.ts';
import { onTick } from './onTick.ts';
import { emptyOutbox, outputsOf, type Outbox } from './outbox.ts';
import { peerOf, type State } from './state.ts';
import { statusOf } from './status.ts';
import { leaveView, resumeStanding } from './view.ts';

/** `config` is the group's first epoch, or a newer one that this node trusts; what the records prove beyond it wins. */
export function createReplica(config: GroupConfig, crypto: ReplicaCrypto, options: ReplicaOptions = {}): Replica {
  const state = initialState(config, crypto, options);
  return {
    step: (input) => step(state, input),
    get status() {
      return statusOf(state);
    },
  };
}

/** One input to a state that this module made. */
export function step(state: State, input: ReplicaInput): ReplicaOutputs {
  const out = emptyOutbox();
  state.now = input.now;
  handle(state, out, input);
  advance(state, out);
  return outputsOf(state, out);
}

function handle(state: State, out: Outbox, input: ReplicaInput): void {
  switch (input.type) {
    case 'start':
      onStart(state, out, input.records);
      break;
    case 'tick':
      onTick(state, out);
      break;
    case 'message':
      onMessage(state, out, input.from, input.bytes);
      break;
    case 'persisted':
      state.persisted = Math.max(state.persisted, input.mark);
      break;
    case 'propose':
      out.proposed = onPropose(state, out, input);
      break;
    case 'checked':
      onChecked(state, out, input);
      break;
    case 'commandSeen':
      if (state.commands.size < COMMANDS_WATCHED_MAX) state.commands.set(input.id, input.now);
      break;
    case 'commandDone':
      state.commands.delete(input.id);
      break;
    case 'leave':
      if (isCzar(state) && state.epoch.voters.length > 1) leaveView(state, out);
      break;
    case 'connection':
      peerOf(state, input.peer).connected = input.state === 'connected';
      break;
    case 'snapshotDurable':
      onSnapshotDurable(state, out, input.height);
      break;
    case 'installed':
      onInstalled(state, out, input.hash);
      break;
    case 'learners':
      state.learners = input.learners;
      break;
    case 'thaw':
      thaw(state, out);
      break;
  }
}

function thaw(state: State, out: Outbox): void {
  if (state.standing.kind !== 'frozen') return;
  state.refusals.clear();
  state.standing = { kind: 'voting' };
  resumeStanding(state);
  out.events.push({ type: 'thawed' });
}

export function initialState(config: GroupConfig, crypto: ReplicaCrypto, options: ReplicaOptions): State {
  const epoch = epochOfConfig(config, crypto);
  const anchor = { ...config.base, epoch: config.epoch, view: 0, proof: null };
  return {
    crypto,
    group: { world: config.world, group: config.group, self: config.self },
    boot: options.boot ?? new Uint8Array(BOOT_BYTES),
    mustAsk: options.continuity !== 'proven',
    now: 0,
    epoch,
    epochs: [epoch.record],
    chain: [],
    learners: config.learners,
    incarnation: epoch.voters[epoch.self]?.incarnation ?? 0,
    standing: { kind: 'starting' },
    view: 1,
    viewSince: 0,
    promises: { notar: null, final: null, leave: null },
    high: null,
    leaveCertificate: null,
    leavings: [],
    leaveHigh: null,
    deciding: null,
    ballots: new Map(),
    seen: freshSeen({ epoch }),
    unfinal: new Map(),
    log: [],
    anchor,
    tip: anchor,
    announced: config.base.height,
    shown: [],
    mark: 0,
    persisted: 0,
    waiting: [],
    peers: new Map(),
    timers: {
      heardAt: 0,
      abreastAt: 0,
      progressAt: 0,
      spokeAt: -Infinity,
      pingedAt: -PING_MILLIS,
      pings: 0,
      standstillAt: 0,
      standstillPause: STANDSTILL_MILLIS_MIN,
      fetchedAt: -Infinity,
      fetchPause: FETCH_MILLIS,
      fetches: 0,
      failedViews: 0,
    },
    commands: new Map(),
    fenced: false,
    refusals: new Map(),
    reported: new Set(),
    snapshot: null,
    offered: null,
    snapshotWanted: false,
    role: null,
  };
}
