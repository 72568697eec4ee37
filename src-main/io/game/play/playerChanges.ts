import type { DimensionName, Uuid } from '../../../../src-shared/units/index.ts';
import type { Player, PlayerFields, Slot } from '../../../core/world/index.ts';
import { Body } from '../entities/body.ts';
import type { EntityKind } from '../entities/kinds.ts';
import { noticeComponent } from '../text/component.ts';
import { toSourceNbt } from '../tables/sourceNbt.ts';
import type { ServerPackets } from '../wire/serverPackets.ts';
import { shared, type GameContext } from './context.ts';
import type { DimensionView } from './dimensionView.ts';
import { playerLook, type Posture } from './playerLook.ts';
import { ADD_PLAYER, gameModeId, playerInfo, type Known, type Roster } from './roster.ts';
import type { Session } from './session.ts';

export interface PlayerChangesParts {
  readonly context: GameContext;
  readonly roster: Roster;
  readonly kind: EntityKind;
  viewOf(dimension: DimensionName): DimensionView | null;
  sessionOf(player: Uuid): Session | null;
  /** Sessions that are in the world. */
  sessions(): Iterable<Session>;
  /** The session's player is in no dimension for now. */
  leave(session: Session): void;
  /** The session's own player is not what it was. */
  ownChanged(session: Session, before: Player, after: Player): void;
}

/** Players as effects change them: the list of players, their bodies, and what their own clients show. */
export class PlayerChanges {
  readonly #parts: PlayerChangesParts;

  constructor(parts: PlayerChangesParts) {
    this.#parts = parts;
  }

  /** A whole player: one who joined, or came from another dimension. Silently: who was there before this gateway looked. */
  put(player: Player, dimension: DimensionName, how: 'silently' | 'announced' = 'announced'): void {
    const { roster } = this.#parts;
    const there = roster.get(player.uuid);
    const before = there?.player ?? null;
    if (there !== null && there.dimension !== dimension) this.#undraw(there);
    const known = roster.put(player, dimension);
    const session = this.#parts.sessionOf(player.uuid);
    if (session !== null) {
      known.properties = session.profile.properties;
      known.appearance = session.appearance ?? known.appearance;
    }
    this.#listed(before, known, how);
    this.#drawn(known);
    this.#owned(before, known);
  }

  change(uuid: Uuid, fields: PlayerFields): void {
    const known = this.#parts.roster.get(uuid);
    if (known === null) return;
    const before = known.player;
    this.#parts.roster.change(uuid, fields);
    this.#listed(before, known, 'announced');
    this.#drawn(known);
    this.#owned(before, known);
  }

  setSlot(uuid: Uuid, slot: number, item: Slot): void {
    const known = this.#parts.roster.get(uuid);
    if (known === null) return;
    this.#parts.roster.setSlot(uuid, slot, item);
    this.#drawn(known);
  }

  /** On the way to another dimension: nowhere for a moment, but not gone. */
  depart(uuid: Uuid): void {
    const known = this.#parts.roster.get(uuid);
    if (known === null) return;
    this.#undraw(known);
    known.dimension = null;
    const session = this.#parts.sessionOf(uuid);
    if (session !== null) this.#parts.leave(session);
  }

  /** Bodies of all who are in a dimension that is looked at from now on. */
  drawAll(dimension: DimensionName): void {
    for (const known of this.#parts.roster.in(dimension)) this.#drawn(known);
  }

  posture(known: Known, posture: Posture): void {
    const { sneaking, sprinting, swimming } = known.posture;
    if (sneaking === posture.sneaking && sprinting === posture.sprinting && swimming === posture.swimming) return;
    known.posture = posture;
    this.#drawn(known);
  }

  looksOtherwise(known: Known): void {
    this.#drawn(known);
  }

  latencies(): void {
    const data = this.#parts.roster.online().map(({ player, latencyMillis }) => ({ uuid: player.uuid, latency: latencyMillis }));
    if (data.length > 0) this.#toAll('player_info', { action: { update_latency: true }, data });
  }

  #listed(before: Player | null, known: Known, how: 'silently' | 'announced'): void {
    const { player } = known;
    const was = before?.online === true;
    if (player.online && !was) {
      this.#toAll('player_info', { action: ADD_PLAYER, data: [playerInfo(known)] });
      if (how === 'announced') this.#say('multiplayer.player.joined', `${player.name} joined the game`, player);
    } else if (!player.online && was) {
      this.#toAll('player_remove', { players: [player.uuid] });
      this.#say('multiplayer.player.left', `${player.name} left the game`, player);
    } else if (player.online && before?.gameMode !== player.gameMode) {
      const data = [{ uuid: player.uuid, gamemode: gameModeId(player.gameMode) }];
      this.#toAll('player_info', { action: { update_game_mode: true }, data });
    }
  }

  /** The body is there for players who are online, not between dimensions and no spectators. */
  #drawn(known: Known): void {
    const { context, kind } = this.#parts;
    const { player, dimension } = known;
    const view = dimension === null ? null : this.#parts.viewOf(dimension);
    if (view === null) return;
    const body = view.bodies.get(`player:${player.uuid}`);
    if (!player.online || player.gameMode === 'spectator') {
      if (body !== null) view.bodies.remove(body);
      return;
    }
    const look = playerLook(kind, player, known.posture, known.appearance);
    if (body === null) {
      const facts = { uuid: player.uuid, look, pose: player.pose };
      view.bodies.add(new Body(`player:${player.uuid}`, context.eids.ofPlayer(player.uuid), facts));
    } else if (!sameLook(body.look, look)) view.bodies.show(body, look);
  }

  #undraw({ player, dimension }: Known): void {
    const view = dimension === null ? null : this.#parts.viewOf(dimension);
    const body = view?.bodies.get(`player:${player.uuid}`) ?? null;
    if (body !== null) view!.bodies.remove(body);
  }

  #owned(before: Player | null, { player }: Known): void {
    const session = this.#parts.sessionOf(player.uuid);
    if (session !== null && before !== null && session.view !== null) this.#parts.ownChanged(session, before, player);
  }

  #say(key: string, plain: string, { name, uuid }: Player): void {
    const content = toSourceNbt(noticeComponent({ key, args: [name], plain, color: 'yellow' }));
    const packet = shared(this.#parts.context, 'system_chat', { content, isActionBar: false });
    for (const session of this.#parts.sessions()) if (session.uuid !== uuid) session.connection.sendShared(packet);
  }

  #toAll<K extends keyof ServerPackets>(name: K, params: ServerPackets[K]): void {
    let packet: ReturnType<typeof shared> | null = null;
    for (const session of this.#parts.sessions()) {
      packet ??= shared(this.#parts.context, name, params);
      session.connection.sendShared(packet);
    }
  }
}

function sameLook(a: Body['look'], b: Body['look']): boolean {
  return (
    a.equipment.every((item, index) => item === b.equipment[index]) &&
    a.metadata.length === b.metadata.length &&
    a.metadata.every(({ value }, index) => value === b.metadata[index]!.value)
  );
}
