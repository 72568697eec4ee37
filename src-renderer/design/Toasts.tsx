import { useEffect, type ReactNode } from 'react';
import { Button } from './Button.tsx';

export interface ToastItem {
  readonly id: number;
  readonly text: string;
}

const SHOWN_MILLIS = 7000;

/** Short good news. The region is always there, so that screen readers announce what comes into it. */
export function Toasts({
  items,
  onClose,
  close,
}: {
  readonly items: readonly ToastItem[];
  readonly onClose: (id: number) => void;
  readonly close: string;
}): ReactNode {
  return (
    <output className="toasts">
      {items.map((item) => (
        <Toast key={item.id} item={item} onClose={onClose} close={close} />
      ))}
    </output>
  );
}

function Toast({
  item,
  onClose,
  close,
}: {
  readonly item: ToastItem;
  readonly onClose: (id: number) => void;
  readonly close: string;
}): ReactNode {
  const { id } = item;
  useEffect(() => {
    const timer = setTimeout(() => onClose(id), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [id, onClose]);
  return (
    <div className="toast">
      <span>{item.text}</span>
      <Button kind="quiet" icon="close" label={close} onPress={() => onClose(id)} />
    </div>
  );
}
