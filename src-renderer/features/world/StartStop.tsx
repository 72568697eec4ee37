import { useState, type ReactNode } from 'react';
import type { World } from '../../../src-shared/contract/index.ts';
import { Button, Dialog } from '../../design/index.ts';
import { useTopic, type Request } from '../../state/index.ts';
import type { Text } from '../../strings/index.ts';

interface StartStopProps {
  readonly world: World;
  readonly text: Text;
  /** Shows what went wrong, where there is room for it. */
  readonly request: Request;
}

/** One button. Stopping a world in which people are asks first. */
export function StartStop({ world, text, request }: StartStopProps): ReactNode {
  const players = useTopic('players') ?? [];
  const [asking, setAsking] = useState(false);
  const { name, state } = world;
  const busy = request.pending || state === 'starting' || state === 'stopping';
  const stop = (): void => {
    setAsking(false);
    request.run((client) => client.worlds.stop({ name }));
  };
  if (!world.playable || state === 'importing') return null;
  if (state === 'stopped' || state === 'starting' || state === 'damaged')
    return (
      <Button kind="main" large icon="play" busy={busy} onPress={() => request.run((client) => client.worlds.start({ name }))}>
        {text.world.start}
      </Button>
    );
  return (
    <>
      <Button large icon="stop" busy={busy} onPress={() => (players.length > 0 ? setAsking(true) : stop())}>
        {text.world.stop}
      </Button>
      {asking && (
        <Dialog
          title={text.world.stopTitle(players.length)}
          onClose={() => setAsking(false)}
          onSubmit={stop}
          actions={
            <>
              <Button onPress={() => setAsking(false)}>{text.app.cancel}</Button>
              <Button kind="main" submit>
                {text.world.stop}
              </Button>
            </>
          }
        >
          <p>{text.world.stopWhy}</p>
        </Dialog>
      )}
    </>
  );
}
