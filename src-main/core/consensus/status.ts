import type { Hash } from '../../../src-shared/units/index.ts';
import type { ReplicaStatus } from './door.ts';
import { isCzar, mayPropose, unfinalCount } from './czar.ts';
import { czarOf } from './epoch.ts';
import { isVoter } from './commit.ts';
import type { State } from './state.ts';

export function statusOf(state: State): ReplicaStatus {
  const unfinal = unfinalCount(state);
  const { role, czar } = currentRole(state);
  const final = finalOf(state);
  return {
    group: state.group.group,
    lineage: state.epoch.record.lineage,
    epoch: state.epoch.number,
    view: state.view,
    height: state.announced + unfinal,
    finalHeight: state.announced,
    finalHash: final.hash,
    stateRoot: final.stateRoot,
    role,
    czar,
    voters: state.epoch.voters.map((voter) => voter.id),
    learners: state.learners,
    frozen: state.standing.kind === 'frozen',
    fenced: state.fenced,
    unfinal,
    mayPropose: mayPropose(state),
    voting: state.standing.kind === 'voting',
    incarnation: state.incarnation,
    peers: [...state.peers].map(([id, peer]) => ({
      id,
      silentMillis: peer.heardAt === null ? null : state.now - peer.heardAt,
      roundTripMillis: peer.roundTrip?.smoothed ?? null,
      finalHeight: peer.finalHeight,
    })),
  };
}

export function currentRole(state: State): { readonly role: ReplicaStatus['role']; readonly view: number; readonly czar: string } {
  const czar = state.epoch.voters[czarOf(state.epoch, state.view)]!.id;
  return { role: roleOf(state), view: state.view, czar };
}

function roleOf(state: State): ReplicaStatus['role'] {
  if (isCzar(state)) return 'czar';
  if (isVoter(state)) return 'voter';
  return state.learners.includes(state.group.self) || state.epoch.self !== -1 ? 'learner' : 'observer';
}

/** The newest final that the driver was given. */
function finalOf(state: State): { readonly hash: Hash; readonly stateRoot: Hash } {
  const held = state.log[state.announced - (state.log[0]?.entry.height ?? 0)];
  return held?.entry ?? (state.announced === state.anchor.height ? state.anchor : state.tip);
}
