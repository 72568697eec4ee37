import type { Effect } from '../model/effects.ts';
import type { Drafts } from './drafts.ts';
import type { Records } from './records.ts';
import { scheduleKey } from './tables.ts';
import type { UndoLog } from './undoLog.ts';

/** What an effect changes. Whatever names a player, entity or slot that is not there changes nothing. */
export function applyEffect(effect: Effect, records: Records, drafts: Drafts, undo: UndoLog): void {
  switch (effect.type) {
    case 'block':
      return drafts.setBlock(effect.pos, effect.state);
    case 'blockEntity':
      return drafts.setBlockEntity(effect.pos, effect.nbt);
    case 'adoptEntities':
      drafts.adopt(effect.chunk);
      for (const entity of effect.entities) records.putEntity(entity.id, entity, undo);
      return;
    case 'schedule':
    case 'unschedule':
      return applySchedule(effect, records, undo);
    case 'entity':
      return records.putEntity(effect.entity.id, effect.entity, undo);
    case 'entityGone':
      if (records.entities.get(effect.id) !== undefined) records.putEntity(effect.id, undefined, undo);
      return;
    case 'player':
    case 'playerFields':
    case 'slot':
    case 'depart':
    case 'handedOver':
      return applyPlayer(effect, records, undo);
    case 'executed': {
      const { player, session, sequence } = effect;
      return records.putSession(player, { player, session, sequence }, undo);
    }
    case 'sessionGone': {
      const gone = records.sessionNamed(effect.session);
      if (gone !== undefined) records.putSession(gone.player, undefined, undo);
      return;
    }
    case 'council':
    case 'notice':
    case 'show':
      return;
  }
}

type Of<K extends Effect['type']> = Extract<Effect, { readonly type: K }>;

function applySchedule({ type, pos, kind, tick }: Of<'schedule' | 'unschedule'>, records: Records, undo: UndoLog): void {
  const key = scheduleKey({ pos, kind });
  const known = records.schedule.get(key);
  if (type === 'schedule') {
    if (known === undefined) records.putScheduled(key, { tick, pos, kind }, undo);
  } else if (known?.tick === tick) records.putScheduled(key, undefined, undo);
}

function applyPlayer(effect: Of<'player' | 'playerFields' | 'slot' | 'depart' | 'handedOver'>, records: Records, undo: UndoLog): void {
  if (effect.type === 'player') return records.putPlayer(effect.player.uuid, effect.player, undo);
  if (effect.type === 'handedOver') return records.putDeparture(effect.uuid, undefined, undo);
  const player = records.players.get(effect.uuid);
  if (player === undefined) return;
  switch (effect.type) {
    case 'playerFields':
      return records.putPlayer(player.uuid, { ...player, ...effect.fields }, undo);
    case 'slot':
      if (effect.slot >= player.inventory.length) return;
      return records.putPlayer(player.uuid, { ...player, inventory: player.inventory.with(effect.slot, effect.item) }, undo);
    case 'depart':
      records.putPlayer(player.uuid, undefined, undo);
      return records.putDeparture(player.uuid, { player, to: effect.to, pose: effect.pose }, undo);
  }
}
