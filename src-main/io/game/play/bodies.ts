import type { ChunkKey, Pose } from '../../../../src-shared/units/index.ts';
import type { SharedPacket } from '../wire/packet.ts';
import type { ServerPackets } from '../wire/serverPackets.ts';
import { angle, keyOf, speed, type Body, type BodyKey, type Look } from '../entities/body.ts';
import { shared, type GameContext } from './context.ts';
import type { Viewer } from './viewer.ts';

/** Everything that is drawn in one dimension and is no block, and who sees it. A client sees the bodies in the chunks that it has. */
export class Bodies {
  readonly #context: GameContext;
  readonly #viewers: ReadonlySet<Viewer>;
  readonly #byKey = new Map<BodyKey, Body>();
  readonly #byChunk = new Map<ChunkKey, Set<Body>>();

  constructor(context: GameContext, viewers: ReadonlySet<Viewer>) {
    this.#context = context;
    this.#viewers = viewers;
  }

  get(key: BodyKey): Body | null {
    return this.#byKey.get(key) ?? null;
  }

  in(chunk: ChunkKey): Iterable<Body> {
    return this.#byChunk.get(chunk) ?? [];
  }

  add(body: Body): void {
    this.#byKey.set(body.key, body);
    this.#stand(body);
    this.#context.eids.track(body);
    for (const viewer of this.#seeing(body)) this.spawn(viewer, body);
  }

  remove(body: Body): void {
    this.#byKey.delete(body.key);
    this.#leave(body);
    this.#context.eids.forget(body);
    this.#broadcast(body, 'entity_destroy', { entityIds: [body.eid] });
  }

  /** The same thing under another name: an entity of the save that play has taken over. */
  rename(body: Body, key: BodyKey): void {
    this.#byKey.delete(body.key);
    body.key = key;
    this.#byKey.set(key, body);
  }

  clear(): void {
    for (const body of this.#byKey.values()) this.#context.eids.forget(body);
    this.#byKey.clear();
    this.#byChunk.clear();
  }

  /** 1. Its chunk. 2. Those who saw it and do not any more. 3. Those who go on seeing it. 4. Those who see it now. */
  place(body: Body, pose: Pose, how: { readonly headYaw: number; readonly onGround: boolean }): void {
    const before = new Set(this.#seeing(body));
    const turned = angle(pose.yaw) !== angle(body.pose.yaw) || angle(pose.pitch) !== angle(body.pose.pitch);
    const headTurned = angle(how.headYaw) !== angle(body.headYaw);
    body.pose = pose;
    body.headYaw = how.headYaw;
    body.onGround = how.onGround;
    if (keyOf(pose) !== body.chunk) {
      this.#leave(body);
      body.chunk = keyOf(pose);
      this.#stand(body);
    }
    const packets = this.#movePackets(body, { turned, headTurned });
    for (const viewer of this.#seeing(body)) {
      if (before.delete(viewer)) for (const packet of packets) viewer.connection.sendShared(packet);
      else this.spawn(viewer, body);
    }
    for (const viewer of before) viewer.connection.send('entity_destroy', { entityIds: [body.eid] });
  }

  /** What it looks like has changed. */
  show(body: Body, look: Look): void {
    const before = body.look;
    body.look = look;
    if (look.metadata !== before.metadata) this.#broadcast(body, 'entity_metadata', { entityId: body.eid, metadata: look.metadata });
    if (look.equipment.some((item, index) => item !== before.equipment[index])) {
      for (const viewer of this.#seeing(body)) this.#sendEquipment(viewer, body, before);
    }
  }

  push(body: Body, velocity: { readonly x: number; readonly y: number; readonly z: number }): void {
    body.velocity = velocity;
    this.#broadcast(body, 'entity_velocity', { entityId: body.eid, velocity: speed(velocity) });
  }

  /** To all who see it, its own player excepted. */
  tell<K extends keyof ServerPackets>(body: Body, name: K, params: ServerPackets[K]): void {
    this.#broadcast(body, name, params);
  }

  /** Everything a client needs to draw it. */
  spawn({ connection, echoesItems }: Viewer, body: Body): void {
    const { eid, uuid, look, pose, headYaw, velocity } = body;
    connection.send('spawn_entity', {
      entityId: eid,
      objectUUID: uuid,
      type: look.kind.id,
      ...body.shown,
      pitch: angle(pose.pitch),
      yaw: angle(pose.yaw),
      headPitch: angle(headYaw),
      objectData: look.objectData,
      velocity: speed(velocity),
    });
    if (look.metadata.length > 0) connection.send('entity_metadata', { entityId: eid, metadata: look.metadata });
    const equipments = look.equipment.flatMap((item, slot) =>
      item === null ? [] : [{ slot, item: this.#context.slots.toWire(item, echoesItems) }],
    );
    if (equipments.length > 0) connection.send('entity_equipment', { entityId: eid, equipments });
    if (body.passengers.length > 0) connection.send('set_passengers', { entityId: eid, passengers: body.passengers });
  }

  #sendEquipment({ connection }: Viewer, body: Body, before: Look): void {
    const equipments = body.look.equipment.flatMap((item, slot) =>
      item === before.equipment[slot] ? [] : [{ slot, item: this.#context.slots.toWire(item, false) }],
    );
    connection.send('entity_equipment', { entityId: body.eid, equipments });
  }

  #movePackets(body: Body, { turned, headTurned }: { readonly turned: boolean; readonly headTurned: boolean }): readonly SharedPacket[] {
    const { eid: entityId, pose, onGround } = body;
    const step = body.step(pose);
    const turn = { yaw: angle(pose.yaw), pitch: angle(pose.pitch) };
    const packets: SharedPacket[] = [];
    if (step === null) packets.push(shared(this.#context, 'entity_teleport', { entityId, ...body.shown, ...turn, onGround }));
    else if (step.dX !== 0 || step.dY !== 0 || step.dZ !== 0) {
      if (turned) packets.push(shared(this.#context, 'entity_move_look', { entityId, ...step, ...turn, onGround }));
      else packets.push(shared(this.#context, 'rel_entity_move', { entityId, ...step, onGround }));
    } else if (turned) packets.push(shared(this.#context, 'entity_look', { entityId, ...turn, onGround }));
    if (headTurned) packets.push(shared(this.#context, 'entity_head_rotation', { entityId, headYaw: angle(body.headYaw) }));
    return packets;
  }

  #broadcast<K extends keyof ServerPackets>(body: Body, name: K, params: ServerPackets[K]): void {
    let packet: SharedPacket | null = null;
    for (const viewer of this.#seeing(body)) {
      packet ??= shared(this.#context, name, params);
      viewer.connection.sendShared(packet);
    }
  }

  *#seeing(body: Body): Iterable<Viewer> {
    for (const viewer of this.#viewers) if (viewer.ownKey !== body.key && viewer.sees(body.chunk)) yield viewer;
  }

  #stand(body: Body): void {
    const there = this.#byChunk.get(body.chunk) ?? new Set();
    there.add(body);
    this.#byChunk.set(body.chunk, there);
  }

  #leave(body: Body): void {
    const there = this.#byChunk.get(body.chunk);
    there?.delete(body);
    if (there?.size === 0) this.#byChunk.delete(body.chunk);
  }
}
