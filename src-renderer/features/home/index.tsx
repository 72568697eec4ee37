import type { ReactNode } from 'react';
import type { World } from '../../../src-shared/contract/index.ts';
import { Icon, type IconName } from '../../design/index.ts';
import { useMirror, useUi } from '../../state/index.ts';
import { pickLanguage, texts, type Text } from '../../strings/index.ts';
import { FoundSaves } from './FoundSaves.tsx';
import { Hero } from './Hero.tsx';
import { OwnWorlds } from './OwnWorlds.tsx';

/** The first view: go on with the last world, or begin with one of three actions; below, the worlds here and the saves found. */
export function HomeView(): ReactNode {
  const worlds = useMirror((mirror) => mirror.worlds);
  const language = useUi((ui) => pickLanguage(ui.language, navigator.languages));
  const text = texts[language];
  if (worlds === null) return <p className="soft">{text.app.loading}</p>;
  const last = lastPlayed(worlds);
  const others = worlds.filter((world) => world !== last);
  return (
    <div className="home">
      <Hero world={last} text={text} />
      <Actions text={text} />
      {others.length > 0 && <OwnWorlds worlds={others} text={text} />}
      <FoundSaves language={language} text={text} />
    </div>
  );
}

/** Running before resting, then newest first; worlds that are still being copied can not be resumed. */
function lastPlayed(worlds: readonly World[]): World | null {
  const rank = (world: World): number => (world.state === 'running' || world.state === 'starting' ? Infinity : (world.lastPlayed ?? 0));
  const ready = worlds.filter((world) => world.state !== 'importing');
  return ready.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
}

function Actions({ text }: { readonly text: Text }): ReactNode {
  const go = useUi((ui) => ui.go);
  return (
    <ul className="actions">
      <Action icon="share" title={text.home.share} why={text.home.shareWhy} onPress={() => go({ view: 'share', path: null })} />
      <Action icon="plus" title={text.home.create} why={text.home.createWhy} onPress={() => go({ view: 'create' })} />
      <Action icon="join" title={text.home.join} why={text.home.joinSoon} soon={text.home.soon} />
    </ul>
  );
}

interface ActionProps {
  readonly icon: IconName;
  readonly title: string;
  readonly why: string;
  /** Says that it can not be used yet. */
  readonly soon?: string;
  readonly onPress?: () => void;
}

function Action({ icon, title, why, soon, onPress }: ActionProps): ReactNode {
  return (
    <li>
      <button type="button" className="action card" aria-disabled={soon !== undefined || undefined} onClick={onPress}>
        <Icon name={icon} size={24} />
        <span>
          <strong>
            {title}
            {soon !== undefined && <span className="badge warm">{soon}</span>}
          </strong>
          <span className="soft small">{why}</span>
        </span>
      </button>
    </li>
  );
}
