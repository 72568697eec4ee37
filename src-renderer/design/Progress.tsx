import type { ReactNode } from 'react';

/** `part` from 0 to 1; null while nobody knows. The native element speaks, the bar is drawn. */
export function Progress({ label, part }: { readonly label: string; readonly part: number | null }): ReactNode {
  const percent = part === null ? null : Math.round(Math.min(1, Math.max(0, part)) * 100);
  return (
    <div className={percent === null ? 'progress unknown' : 'progress'}>
      <progress className="visually-hidden" aria-label={label} max={100} value={percent ?? undefined} />
      <div aria-hidden="true" style={percent === null ? undefined : { width: `${percent}%` }} />
    </div>
  );
}
