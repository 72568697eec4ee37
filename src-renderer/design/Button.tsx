import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

export interface ButtonProps {
  readonly children?: ReactNode;
  /** `main` once per view: the thing most people came for. */
  readonly kind?: 'main' | 'plain' | 'quiet' | 'danger';
  readonly large?: boolean;
  readonly icon?: IconName;
  /** For a button that is only an icon, or whose words need more for those who can not see its surroundings. */
  readonly label?: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly submit?: boolean;
  readonly onPress?: () => void;
}

export function Button({
  children,
  kind = 'plain',
  large = false,
  icon,
  label,
  busy = false,
  disabled = false,
  submit = false,
  onPress,
}: ButtonProps): ReactNode {
  const classes = ['button', kind === 'plain' ? '' : kind, large ? 'large' : '', children === undefined ? 'icon' : ''];
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={classes.filter((name) => name !== '').join(' ')}
      aria-label={label}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      title={children === undefined ? label : undefined}
      onClick={onPress}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}
