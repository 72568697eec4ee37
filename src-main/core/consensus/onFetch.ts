import { BATCH_BYTES_MAX, BATCH_ENTRIES_MAX } from '../../../src-shared/config/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import type { AgreementMessage, Entry } from '../../../src-shared/wire/index.ts';
import { pathTo } from './commit.ts';
import type { Outbox } from './outbox.ts';
import { sendTo } from './send.ts';
import type { Held, State } from './state.ts';

/** Catch-up by height: one bounded batch of one epoch, or the offer of a snapshot when the log starts above it. */
export function onFetch(
  state: State,
  out: Outbox,
  from: string,
  epoch: number,
  message: AgreementMessage & { readonly type: 'fetch' },
): void {
  const { above } = message;
  const first = state.log[0]?.entry.height ?? state.tip.height + 1;
  if (above + 1 < first && above < state.tip.height) {
    if (state.anchor.height <= above) return;
    const chain = state.chain.filter(({ entry }) => entry.epoch >= epoch && entry.height <= state.anchor.height);
    sendTo(state, out, from, { type: 'offer', chain, anchor: state.anchor });
    return;
  }
  const finals = takeFitting(finalsAbove(state, above - first + 1), BATCH_ENTRIES_MAX);
  const last = finals.at(-1);
  const complete = (last?.entry.height ?? Math.max(above, state.tip.height)) === state.tip.height;
  const tail = complete && state.tip.epoch === (last?.entry.epoch ?? state.tip.epoch) ? tailTowards(state, message.want) : [];
  const fitting = takeFitting(tail, BATCH_ENTRIES_MAX - finals.length);
  if (finals.length === 0 && fitting.length === 0) return;
  const top = fitting.at(-1)?.entry;
  const tailCertificate = top === undefined ? null : (state.ballots.get(`${top.view}:${top.height}`)?.certificates.notar ?? null);
  sendTo(state, out, from, {
    type: 'batch',
    finals: finals.map(entryOf),
    proof: last?.proof ?? null,
    tail: fitting.map(entryOf),
    tailCertificate: tailCertificate?.hash === top?.hash ? tailCertificate : null,
  });
}

/** Kept finals from `index` on, up to the end of their epoch. */
function finalsAbove(state: State, index: number): readonly Held[] {
  const from = state.log.slice(Math.max(0, index), Math.max(0, index) + BATCH_ENTRIES_MAX);
  const end = from.findIndex((held) => held.entry.kind === 'epochEnd');
  return end === -1 ? from : from.slice(0, end + 1);
}

function tailTowards(state: State, want: Hash | null): readonly Held[] {
  const wanted = want === null ? null : pathTo(state, want);
  return wanted ?? (state.high === null ? null : pathTo(state, state.high.hash)) ?? [];
}

function takeFitting(entries: readonly Held[], count: number): readonly Held[] {
  let bytes = 0;
  const fitting: Held[] = [];
  for (const held of entries.slice(0, Math.max(0, count))) {
    bytes += held.entry.payload.length;
    if (fitting.length > 0 && bytes > BATCH_BYTES_MAX) break;
    fitting.push(held);
  }
  return fitting;
}

function entryOf(held: Held): Entry {
  return held.entry;
}
