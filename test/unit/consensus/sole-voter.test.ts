import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  createReplica,
  genesisOf,
  verifyCertificate,
  type GroupConfig,
  type Replica,
  type ReplicaOutputs,
} from '../../../src-main/core/consensus/index.ts';
import { UNFINAL_ENTRIES_MAX } from '../../../src-shared/config/index.ts';
import { toHex, toUtf8, type Hash } from '../../../src-shared/units/index.ts';
import { stubCrypto, stubKey } from '../../sim/stub-crypto.ts';

const crypto = stubCrypto('anna');
const hashOf = (text: string): Hash => toHex(crypto.digest(toUtf8(text))) as Hash;
const world = hashOf('world');
const config: GroupConfig = {
  world,
  lineage: 1,
  group: 'overworld',
  epoch: 1,
  voters: [{ id: 'anna', publicKey: stubKey('anna') }],
  learners: [],
  self: 'anna',
  base: genesisOf({ world, lineage: 1, group: 'overworld', stateRoot: hashOf('state 0') }, crypto),
};

/** A sole voter with its log; `sync` makes all of it durable. */
class Machine {
  readonly log: Uint8Array[];
  readonly finals: string[] = [];
  readonly replica: Replica;
  mark = 0;
  now = 0;

  constructor(log: readonly Uint8Array[] = []) {
    this.log = [...log];
    this.replica = createReplica(config, crypto);
    this.take(this.replica.step({ type: 'start', now: 0, records: log }));
  }

  take(outputs: ReplicaOutputs): ReplicaOutputs {
    if (outputs.replacesEarlier) this.log.length = 0;
    this.log.push(...outputs.records);
    this.mark = outputs.mark;
    for (const { entry } of outputs.finals) this.finals.push(`${entry.height} ${entry.hash}`);
    return outputs;
  }

  propose(text: string): ReplicaOutputs {
    return this.take(this.replica.step({ type: 'propose', now: this.now, payload: toUtf8(text), stateRoot: hashOf(text) }));
  }

  sync(mark: number = this.mark): ReplicaOutputs {
    return this.take(this.replica.step({ type: 'persisted', now: this.now, mark }));
  }
}

test('rule 7: an entry of a sole voter is final with one sync, and not before', () => {
  const machine = new Machine();
  assert.equal(machine.replica.status.role, 'czar');
  assert.equal(machine.replica.status.mayPropose, true);
  const offered = machine.propose('first');
  assert.equal(offered.proposed?.height, 1);
  assert.equal(offered.finals.length, 0);
  assert.equal(machine.replica.status.finalHeight, 0);
  const synced = machine.sync();
  assert.deepEqual(
    synced.finals.map(({ entry }) => entry.hash),
    [offered.proposed.hash],
  );
  assert.equal(synced.records.length, 0, 'nothing more to write');
  assert.equal(machine.replica.status.finalHash, offered.proposed.hash);
  assert.equal(machine.replica.status.stateRoot, hashOf('first'));
});

test('rule 8: at most UNFINAL_ENTRIES_MAX entries wait for the disk; then proposals are refused until a sync', () => {
  const machine = new Machine();
  for (let i = 1; i <= UNFINAL_ENTRIES_MAX; i++) assert.equal(machine.propose(`entry ${i}`).proposed?.height, i);
  assert.equal(machine.replica.status.mayPropose, false);
  assert.equal(machine.propose('one too many').proposed, null);
  const half = machine.sync(30);
  assert.equal(half.finals.length, 10, 'three records an entry');
  assert.equal(machine.replica.status.mayPropose, true);
  assert.equal(machine.replica.status.unfinal, UNFINAL_ENTRIES_MAX - 10);
});

test('rule 3: a final carries a certificate that anyone can verify, and only in its own domain', () => {
  const machine = new Machine();
  machine.propose('first');
  const [final] = machine.sync().finals;
  const header = verifyCertificate(final!.certificate, config, crypto);
  assert.equal(header?.hash, final!.entry.hash);
  assert.equal(header?.stateRoot, final!.entry.stateRoot);
  for (const other of [
    { ...config, world: hashOf('another world') },
    { ...config, lineage: 2 },
    { ...config, group: 'nether' },
    { ...config, epoch: 2 },
    { ...config, voters: [{ id: 'ben', publicKey: stubKey('ben') }] },
    { ...config, voters: [...config.voters, { id: 'ben', publicKey: stubKey('ben') }] },
    { ...config, base: { ...config.base, stateRoot: hashOf('another base') } },
  ])
    assert.equal(verifyCertificate(final!.certificate, other, crypto), null);
  for (let at = 0; at < final!.certificate.length; at++) {
    const flipped = Uint8Array.from(final!.certificate);
    flipped[at] = flipped[at]! ^ 1;
    assert.equal(verifyCertificate(flipped, config, crypto), null, `bit flipped at ${at}`);
  }
  assert.equal(verifyCertificate(final!.certificate.subarray(1), config, crypto), null);
});

test('rule 2: whatever prefix of the log a crash leaves, every final comes back and the group goes on', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 25 }), fc.nat(), (syncs, cut) => {
      const machine = new Machine();
      for (const [i, sync] of syncs.entries()) {
        machine.propose(`entry ${i}`);
        if (sync) machine.sync();
      }
      const durable = machine.finals.length * 3;
      const kept = durable + (cut % (machine.log.length - durable + 1));
      const again = new Machine(machine.log.slice(0, kept));
      again.sync();
      assert.deepEqual(again.finals.slice(0, machine.finals.length), machine.finals);
      const before = again.finals.length;
      assert.ok(again.propose('after the crash').proposed !== null);
      again.sync();
      assert.equal(again.finals.length, before + 1);
      const third = new Machine(again.log);
      assert.deepEqual(third.finals, again.finals);
    }),
  );
});

test('rule 12: a snapshot replaces the log before it; finals above it are announced again', () => {
  const machine = new Machine();
  for (let i = 1; i <= 8; i++) machine.propose(`entry ${i}`);
  machine.sync(15);
  const compacted = machine.take(machine.replica.step({ type: 'snapshotDurable', now: 0, height: 3 }));
  assert.equal(compacted.replacesEarlier, true);
  const again = new Machine(machine.log);
  again.sync();
  assert.deepEqual(again.finals, [...machine.finals.slice(3), ...again.finals.slice(2)]);
  assert.equal(again.finals.length, 5, 'heights 4 to 8');
  assert.equal(again.replica.status.finalHeight, 8);
  assert.equal(again.propose('next').proposed?.height, 9);
});

test('rule 12: a height that is not final or not kept is no snapshot', () => {
  const machine = new Machine();
  machine.propose('first');
  for (const height of [-1, 0, 1, 2]) {
    const outputs = machine.replica.step({ type: 'snapshotDurable', now: 0, height });
    assert.equal(outputs.replacesEarlier, false, `height ${height}`);
  }
});

test('rule 10: an EpochEnd opens the next epoch from its hash and root, also after a restart', () => {
  const machine = new Machine();
  machine.propose('first');
  machine.sync();
  const root = machine.replica.status.stateRoot;
  const next = { voters: [{ id: 'anna', publicKey: stubKey('anna'), incarnation: 0 }], learners: ['ben'], cite: toUtf8('council 7') };
  const end = machine.take(machine.replica.step({ type: 'propose', now: 0, payload: new Uint8Array(), stateRoot: root, next }));
  assert.equal(end.proposed?.kind, 'epochEnd');
  assert.equal(machine.replica.status.mayPropose, false, 'nothing stands on an EpochEnd that is not final');
  const synced = machine.sync();
  assert.deepEqual(synced.events, [{ type: 'epoch', epoch: 2, voters: ['anna'] }]);
  assert.equal(machine.replica.status.epoch, 2);
  assert.deepEqual(machine.replica.status.learners, ['ben']);
  const first = machine.propose('in epoch 2').proposed!;
  assert.equal(first.epoch, 2);
  assert.equal(first.parent, end.proposed.hash);
  machine.sync();
  const again = new Machine(machine.log);
  assert.deepEqual(again.finals, machine.finals);
  assert.equal(again.replica.status.epoch, 2);
  machine.take(machine.replica.step({ type: 'snapshotDurable', now: 0, height: 1 }));
  assert.deepEqual(new Machine(machine.log).finals, machine.finals.slice(1));
  machine.take(machine.replica.step({ type: 'snapshotDurable', now: 0, height: 2 }));
  assert.deepEqual(new Machine(machine.log).finals, machine.finals.slice(2));
});
