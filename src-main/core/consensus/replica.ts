import { advance } from './advance.ts';
import { compact } from './compact.ts';
import type { GroupConfig, Replica, ReplicaCrypto, ReplicaInput, ReplicaOptions, ReplicaOutputs, ReplicaStatus } from './door.ts';
import { czarOf, epochOfConfig } from './epoch.ts';
import { mayPropose, onPropose, unfinalCount, isCzar } from './onPropose.ts';
import { onStart } from './onStart.ts';
import { emptyOutbox, outputsOf, type Outbox } from './outbox.ts';
import type { State } from './state.ts';

/** `config` is the group's first epoch, or a newer one that this node trusts; what the records prove beyond it wins. */
export function createReplica(config: GroupConfig, crypto: ReplicaCrypto, options: ReplicaOptions = {}): Replica {
  const state = initialState(config, crypto);
  return {
    step: (input) => step(state, input, options),
    get status() {
      return statusOf(state);
    },
  };
}

function step(state: State, input: ReplicaInput, options: ReplicaOptions): ReplicaOutputs {
  const out = emptyOutbox();
  state.now = input.now;
  handle(state, out, input, options);
  advance(state, out);
  return outputsOf(state, out);
}

function handle(state: State, out: Outbox, input: ReplicaInput, options: ReplicaOptions): void {
  switch (input.type) {
    case 'start':
      onStart(state, out, input.records, options.continuity !== 'proven');
      break;
    case 'persisted':
      state.persisted = Math.max(state.persisted, input.mark);
      break;
    case 'propose':
      out.proposed = onPropose(state, out, input);
      break;
    case 'snapshotDurable':
      compact(state, out, input.height);
      break;
    case 'tick':
    case 'message':
    case 'checked':
    case 'commandSeen':
    case 'commandDone':
    case 'leave':
    case 'connection':
    case 'installed':
    case 'learners':
    case 'thaw':
      break;
  }
}

function initialState(config: GroupConfig, crypto: ReplicaCrypto): State {
  const epoch = epochOfConfig(config, crypto);
  const anchor = { ...config.base, epoch: config.epoch, view: 0, proof: null };
  return {
    crypto,
    group: { world: config.world, group: config.group, self: config.self },
    now: 0,
    epoch,
    epochs: [epoch.record],
    learners: config.learners,
    incarnation: epoch.voters[epoch.self]?.incarnation ?? 0,
    standing: { kind: 'starting' },
    view: 1,
    viewSince: 0,
    promises: { notar: null, final: null, leave: null },
    high: null,
    leaveCertificate: null,
    pendingFinal: null,
    ballots: new Map(),
    entries: new Map(),
    log: [],
    anchor,
    tip: anchor,
    announced: config.base.height,
    shown: [],
    mark: 0,
    persisted: 0,
    waiting: [],
  };
}

function statusOf(state: State): ReplicaStatus {
  const unfinal = unfinalCount(state);
  const { self } = state.group;
  const observer = state.learners.includes(self) ? 'learner' : 'observer';
  return {
    group: state.group.group,
    lineage: state.epoch.record.lineage,
    epoch: state.epoch.number,
    view: state.view,
    height: state.announced + unfinal,
    finalHeight: state.announced,
    finalHash: finalOf(state).hash,
    stateRoot: finalOf(state).stateRoot,
    role: isCzar(state) ? 'czar' : state.epoch.self >= 0 ? 'voter' : observer,
    czar: state.epoch.voters[czarOf(state.epoch, state.view)]!.id,
    voters: state.epoch.voters.map((voter) => voter.id),
    learners: state.learners,
    frozen: state.standing.kind === 'frozen',
    fenced: false,
    unfinal,
    mayPropose: mayPropose(state),
    voting: state.standing.kind === 'voting',
    incarnation: state.incarnation,
    peers: [],
  };
}

/** The newest final that the driver was given. */
function finalOf(state: State): { readonly hash: State['tip']['hash']; readonly stateRoot: State['tip']['stateRoot'] } {
  const held = state.log[state.announced - (state.log[0]?.entry.height ?? 0)];
  return held?.entry ?? (state.announced === state.anchor.height ? state.anchor : state.tip);
}
