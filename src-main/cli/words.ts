import { parseArgs } from 'node:util';
import { AppError } from '../../src-shared/errors/index.ts';

/** What was typed: words in order, and options by name. */
export interface Typed {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;

const OPTIONS = {
  data: TEXT,
  json: FLAG,
  help: FLAG,
  game: TEXT,
  ui: TEXT,
  password: TEXT,
  auth: TEXT,
  observer: FLAG,
  caretaker: FLAG,
  'no-discovery': FLAG,
  listen: { type: 'string', multiple: true },
  bootstrap: { type: 'string', multiple: true },
  seed: TEXT,
  version: TEXT,
  mode: TEXT,
  name: TEXT,
  plan: FLAG,
  'skip-damaged': FLAG,
  as: TEXT,
  confirm: TEXT,
} as const;

/** Throws `node.bad-option` (exit code 2) for anything that document 9 does not name. */
export function readWords(args: readonly string[]): Typed {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    return { words: positionals, options: values };
  } catch (cause) {
    throw new AppError('node.bad-option', { option: args.join(' '), value: cause instanceof Error ? cause.message : '' }, { cause });
  }
}

export function textOf(typed: Typed, option: keyof typeof OPTIONS): string | null {
  const value = typed.options[option];
  return typeof value === 'string' ? value : null;
}

export function isSet(typed: Typed, option: keyof typeof OPTIONS): boolean {
  return typed.options[option] === true;
}

/** The word at `index`, or a usage error that names what is missing. */
export function wordAt(typed: Typed, index: number, what: string): string {
  const word = typed.words[index];
  if (word === undefined) throw new AppError('node.bad-option', { option: what, value: 'missing' });
  return word;
}

export const USAGE = `peerhold node   [--data DIR] [--game HOST:PORT|off] [--ui HOST:PORT|off] [--auth mojang|offline] [--no-discovery] [--json]
peerhold world  list | create NAME [--seed S] [--version V] [--mode survival|creative] | import PATH [--name N] [--plan] [--skip-damaged]
                | export NAME DIR | verify NAME | start NAME | stop NAME | delete NAME --confirm NAME
                | snapshots NAME | restore NAME SNAPSHOT | claim NAME PLAYER [--as PLAYER]
peerhold status

Every command takes --data DIR and --json.`;
