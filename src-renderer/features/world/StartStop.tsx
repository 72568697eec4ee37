import { useState, type ReactNode } from 'react';
import { Button, Dialog, ProblemPanel } from '../../design/index.ts';
import { useRequest, useTopic } from '../../state/index.ts';
import { describe } from '../../strings/index.ts';
import type { WorldPartProps } from './part.ts';

/** One button. Stopping a world in which people are asks first. */
export function StartStop({ world, text, language }: WorldPartProps): ReactNode {
  const players = useTopic('players') ?? [];
  const [asking, setAsking] = useState(false);
  const { run, pending, problem, clear } = useRequest();
  const busy = pending || world.state === 'starting' || world.state === 'stopping';
  const stop = (): void => {
    setAsking(false);
    run((client) => client.worlds.stop({ name: world.name }));
  };
  if (!world.playable || world.state === 'importing') return null;
  const running = world.state === 'running' || world.state === 'stopping';
  return (
    <>
      {running ? (
        <Button large icon="stop" busy={busy} onPress={() => (players.length > 0 ? setAsking(true) : stop())}>
          {text.world.stop}
        </Button>
      ) : (
        <Button kind="main" large icon="play" busy={busy} onPress={() => run((client) => client.worlds.start({ name: world.name }))}>
          {text.world.start}
        </Button>
      )}
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
      {problem !== null && (
        <Dialog title={text.world.start} onClose={clear} actions={<Button onPress={clear}>{text.app.close}</Button>}>
          <ProblemPanel sentence={describe(language, problem)} words={text.app} />
        </Dialog>
      )}
    </>
  );
}
