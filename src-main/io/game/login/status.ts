import { GAME_PLAYERS_SAMPLED_MAX, GAME_PLAYERS_SHOWN_MAX } from '../../../../src-shared/config/index.ts';
import type { Uuid } from '../../../../src-shared/units/index.ts';

export interface ServerStatus {
  readonly version: string;
  readonly protocol: number;
  readonly motd: string;
  /** PNG of 64 x 64. */
  readonly icon: Uint8Array | null;
  readonly players: readonly { readonly name: string; readonly uuid: Uuid }[];
}

/** The JSON that the multiplayer list shows. */
export function statusJson(status: ServerStatus): string {
  return JSON.stringify({
    version: { name: status.version, protocol: status.protocol },
    players: {
      max: GAME_PLAYERS_SHOWN_MAX,
      online: status.players.length,
      sample: status.players.slice(0, GAME_PLAYERS_SAMPLED_MAX).map(({ name, uuid }) => ({ name, id: uuid })),
    },
    description: { text: status.motd },
    enforcesSecureChat: false,
    ...(status.icon === null ? {} : { favicon: `data:image/png;base64,${Buffer.from(status.icon).toString('base64')}` }),
  });
}
