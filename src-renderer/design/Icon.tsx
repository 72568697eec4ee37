import type { ReactNode } from 'react';

export type IconName =
  | 'share'
  | 'plus'
  | 'join'
  | 'play'
  | 'stop'
  | 'folder'
  | 'copy'
  | 'check'
  | 'back'
  | 'close'
  | 'log'
  | 'settings'
  | 'refresh'
  | 'export'
  | 'shield'
  | 'trash'
  | 'person'
  | 'warning';

/** Strokes of 24 x 24 pictures. */
const STROKES: Readonly<Record<IconName, string>> = {
  share: 'M4 14v5h16v-5M12 15V4m0 0L7.5 8.5M12 4l4.5 4.5',
  plus: 'M12 5v14M5 12h14',
  join: 'M14 5h5v14h-5M4 12h10m0 0-4-4m4 4-4 4',
  play: 'M8 5.5v13l10-6.5z',
  stop: 'M7 7h10v10H7z',
  folder: 'M3.5 18.5v-13H9l2 2.5h9.5v10.5z',
  copy: 'M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4',
  check: 'M5 12.5 10 17.5 19 7',
  back: 'M19 12H5m0 0 6-6m-6 6 6 6',
  close: 'M6 6l12 12M18 6 6 18',
  log: 'M5 6h14M5 12h14M5 18h8',
  settings: 'M4 7h9m4 0h3M4 17h3m4 0h9M15 4.8v4.4M9 14.8v4.4',
  refresh: 'M19 12a7 7 0 1 1-2-5l2 2m0-4.5V9h-4.5',
  export: 'M4 14v5h16v-5M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5',
  shield: 'M12 3.5 5 6v6c0 4 3 7 7 8.5 4-1.5 7-4.5 7-8.5V6zM9 12l2.2 2.2L15 10.4',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7',
  person: 'M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c.7-3.5 3.5-5.5 7-5.5s6.3 2 7 5.5',
  warning: 'M12 4 2.8 19.500h18.400zM12 10v4.500m0 2.300v.200',
};

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={STROKES[name]} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** The mark: four keepers around one light. */
export function Mark({ size = 28 }: { readonly size?: number }): ReactNode {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="3.4" strokeLinecap="round">
        <path d="M10.3 4.400A13 13 0 0 0 4.4 10.300M21.7 4.400A13 13 0 0 1 27.6 10.300M27.6 21.700A13 13 0 0 1 21.7 27.600M10.3 27.600A13 13 0 0 1 4.4 21.7" />
      </g>
      <path d="M16 7.5 22.5 16 16 24.5 9.5 16z" fill="var(--accent)" stroke="var(--accent)" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
