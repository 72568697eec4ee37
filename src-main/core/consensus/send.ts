import { encodeEnvelope, type AgreementMessage } from '../../../src-shared/wire/index.ts';
import type { Outbox } from './outbox.ts';
import type { State } from './state.ts';

export function sendTo(state: State, out: Outbox, to: string, message: AgreementMessage): void {
  out.messages.push({ to, bytes: encodeEnvelope({ epoch: state.epoch.number, boot: state.boot, message }) });
}

/** To every other voter of the epoch. */
export function broadcast(state: State, out: Outbox, message: AgreementMessage): void {
  if (state.epoch.voters.length === 1 && state.epoch.self === 0) return;
  const bytes = encodeEnvelope({ epoch: state.epoch.number, boot: state.boot, message });
  for (const [index, voter] of state.epoch.voters.entries()) if (index !== state.epoch.self) out.messages.push({ to: voter.id, bytes });
}
