/** What the desktop's preload gives the page; absent in a browser. */
export interface DesktopHost {
  /** Asks the shell for a line to the node; it arrives as a window message with `PORT_MESSAGE` and one port. */
  getBridgePort(): void;
  /** Where a file that was dropped or chosen lies on this machine. */
  getPathForFile(file: File): string;
  readonly platform: string;
}

export const PORT_MESSAGE = 'peerhold:port';

export function desktopHost(): DesktopHost | null {
  return (window as Window & { readonly peerhold?: DesktopHost }).peerhold ?? null;
}
