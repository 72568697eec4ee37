import { useState, type DragEvent, type ReactNode } from 'react';
import { Icon } from '../../design/index.ts';
import { desktopHost } from '../../bridge/index.ts';
import type { Text } from '../../strings/index.ts';

/** Only in the desktop window: a browser does not tell where a dropped folder lies. A dropped level.dat means its folder. */
export function DropZone({ text, onPath }: { readonly text: Text; readonly onPath: (path: string) => void }): ReactNode {
  const [over, setOver] = useState(false);
  const host = desktopHost();
  if (host === null) return null;
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file === undefined) return;
    onPath(host.getPathForFile(file).replace(/[/\\]level\.dat$/, ''));
  };
  return (
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="folder" size={24} />
      {text.import.drop}
    </div>
  );
}
