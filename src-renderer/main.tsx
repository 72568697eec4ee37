import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/index.tsx';
import { createBridge, desktopHost, openPortLine, openSocketLine, readKey, takeKeyFromAddress } from './bridge/index.ts';
import { createPage } from './state/index.ts';

takeKeyFromAddress();
const host = desktopHost();
const bridge = createBridge(host === null ? () => openSocketLine(readKey) : () => openPortLine(host));
createRoot(document.querySelector('#page')!).render(
  <StrictMode>
    <App page={createPage(bridge)} />
  </StrictMode>,
);
