import { useEffect, useState, type ReactNode } from 'react';
import { Button } from './Button.tsx';

export interface CopyWords {
  readonly copy: string;
  readonly copied: string;
}

/** A button that puts `text` on the clipboard and says so for a moment. */
export function CopyButton({
  text,
  words,
  label,
}: {
  readonly text: string;
  readonly words: CopyWords;
  readonly label?: string;
}): ReactNode {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button kind="quiet" icon={copied ? 'check' : 'copy'} onPress={() => void copyText(text).then(() => setCopied(true))}>
      <span aria-live="polite">{copied ? words.copied : (label ?? words.copy)}</span>
    </Button>
  );
}

export function Copyable({ text, words }: { readonly text: string; readonly words: CopyWords }): ReactNode {
  return (
    <div className="copyable">
      <span>{text}</span>
      <CopyButton text={text} words={words} />
    </div>
  );
}

/** The modern way needs a secure context; a page served to the home network is none, so there the old way. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
