import type { WebPreferences } from 'electron';
import { PAGE_ORIGIN, PAGE_SCHEME } from '../../src-shared/config/index.ts';

/** Every switch of Electron's security list that a window has, said aloud, also where it is the default. */
export function webPreferences(preload: string, packaged: boolean): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    devTools: !packaged,
  };
}

/** The page's scheme behaves like https, and no more: no service workers, no bypass of the page's policy. */
export const SCHEMES = [
  {
    scheme: PAGE_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, bypassCSP: false, allowServiceWorkers: false },
  },
];

/** What the page may ask the browser for; everything else is denied. */
export const PERMISSIONS: readonly string[] = ['clipboard-sanitized-write', 'notifications'];

/** Where links may lead, always in the person's own browser. */
const LINKS: readonly string[] = ['https://github.com', 'https://minecraft.wiki', 'https://www.minecraft.net'];

export function isOurPage(url: string): boolean {
  return URL.canParse(url) && (url === PAGE_ORIGIN || url.startsWith(`${PAGE_ORIGIN}/`));
}

export function isAllowedLink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, username, password, protocol } = new URL(url);
  return protocol === 'https:' && username === '' && password === '' && LINKS.includes(origin);
}
