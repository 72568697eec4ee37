/** The few words outside of the page. The page's own are in the renderer's `strings`, which the shell can not reach. */
export interface ShellWords {
  readonly open: string;
  readonly quit: string;
  readonly quitting: string;
  readonly resting: string;
  readonly playing: (world: string, players: number) => string;
  readonly stillHere: { readonly title: string; readonly body: string };
}

const en: ShellWords = {
  open: 'Open Peerhold',
  quit: 'Quit completely',
  quitting: 'Handing over…',
  resting: 'Peerhold: no world is running',
  playing: (world, players) => `Peerhold: ${world}, ${players} playing`,
  stillHere: {
    title: 'Peerhold keeps running',
    body: 'Your world stays up while the window is closed. To stop it, choose “Quit completely” here.',
  },
};

const de: ShellWords = {
  open: 'Peerhold öffnen',
  quit: 'Ganz beenden',
  quitting: 'Wird übergeben …',
  resting: 'Peerhold: keine Welt läuft',
  playing: (world, players) => `Peerhold: ${world}, ${players} dabei`,
  stillHere: {
    title: 'Peerhold läuft weiter',
    body: 'Deine Welt bleibt an, auch wenn das Fenster zu ist. Zum Anhalten wähl hier „Ganz beenden“.',
  },
};

export function shellWords(preferred: readonly string[]): ShellWords {
  return preferred[0]?.toLowerCase().startsWith('de') === true ? de : en;
}
