import { useEffect, type ReactNode } from 'react';
import { CreateDialog } from '../features/create/index.tsx';
import { HomeView } from '../features/home/index.tsx';
import { JobView, ShareView } from '../features/import/index.tsx';
import { LogView } from '../features/log/index.tsx';
import { WorldView } from '../features/world/index.tsx';
import { Toasts } from '../design/index.ts';
import { PageProvider, useMirror, usePage, useUi, type Page, type Route } from '../state/index.ts';
import { pickLanguage, texts } from '../strings/index.ts';
import { LineScreen } from './LineScreen.tsx';
import { TopBar } from './TopBar.tsx';

export function App({ page }: { readonly page: Page }): ReactNode {
  return (
    <PageProvider page={page}>
      <Frame />
    </PageProvider>
  );
}

function Frame(): ReactNode {
  const { mirror } = usePage();
  const language = useUi((ui) => pickLanguage(ui.language, navigator.languages));
  const route = useUi((ui) => ui.route);
  const toasts = useUi((ui) => ui.toasts);
  const closeToast = useUi((ui) => ui.closeToast);
  const line = useMirror((state) => state.line);
  const known = useMirror((state) => state.worlds !== null);
  const text = texts[language];
  useEffect(() => {
    const ends = [mirror.follow('worlds'), mirror.follow('jobs')];
    return () => {
      for (const end of ends) end();
    };
  }, [mirror]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    document.title = route.view === 'world' ? `${route.name} · Peerhold` : 'Peerhold';
    window.scrollTo({ top: 0 });
  }, [route]);
  const blocked = line.state === 'refused' || !known;
  return (
    <>
      <a className="skip button" href="#content" onClick={focusContent}>
        {text.app.skip}
      </a>
      <TopBar text={text} language={language} />
      <main id="content" tabIndex={-1}>
        {line.state !== 'open' && <LineScreen line={line} whole={blocked} text={text} language={language} />}
        {!blocked && <View route={route} />}
      </main>
      <Toasts items={toasts} onClose={closeToast} close={text.app.close} />
    </>
  );
}

function View({ route }: { readonly route: Route }): ReactNode {
  switch (route.view) {
    case 'home':
    case 'create':
      return (
        <>
          <HomeView />
          {route.view === 'create' && <CreateDialog />}
        </>
      );
    case 'share':
      return <ShareView key={route.path} path={route.path} />;
    case 'job':
      return <JobView key={route.id} id={route.id} />;
    case 'world':
      return <WorldView key={route.name} name={route.name} />;
    case 'log':
      return <LogView />;
  }
}

/** The address belongs to the routes, so the skip link moves the focus itself. */
function focusContent(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#content')?.focus();
}
