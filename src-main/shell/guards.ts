import type { ElectronApi } from './electron.ts';
import { isAllowedLink, isOurPage, PERMISSIONS } from './settings.ts';

/** Fences around every page there will ever be: it stays where it is, opens nothing, asks for nothing but what it needs. */
export function guardContents({ app, session, shell }: ElectronApi): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      if (isAllowedLink(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
    const stay = (event: { preventDefault(): void }, url: string): void => {
      if (!isOurPage(url)) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(PERMISSIONS.includes(permission)));
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin) => isOurPage(origin) && PERMISSIONS.includes(permission),
  );
}
