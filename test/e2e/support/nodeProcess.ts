import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const CLI = join(ROOT, 'src-main', 'cli.ts');

export interface NodeEvent {
  readonly event: string;
  readonly [fact: string]: unknown;
}

/** `peerhold node --json` as a process of its own, with everything it said so far. */
export interface NodeProcess {
  readonly pid: number;
  readonly dataFolder: string;
  readonly events: readonly NodeEvent[];
  /** The first event, past or future, that fits; rejects at the deadline or when the process ends without it. */
  until(fits: (event: NodeEvent) => boolean, what: string, deadlineMillis?: number): Promise<NodeEvent>;
  /** Ends it like a pulled plug. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export function makeFolder(prefix = 'peerhold-e2e-'): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), prefix));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function startNodeProcess(dataFolder: string, args: readonly string[] = []): Promise<NodeProcess> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      CLI,
      'node',
      '--data',
      dataFolder,
      '--game',
      '127.0.0.1:0',
      '--ui',
      '127.0.0.1:0',
      '--auth',
      'offline',
      '--no-discovery',
      '--json',
      ...args,
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const node = follow(child, dataFolder);
  await node.until((event) => event.event === 'ready', 'ready', 60_000);
  return node;
}

function follow(child: ChildProcess, dataFolder: string): NodeProcess {
  const events: NodeEvent[] = [];
  const listeners = new Set<() => void>();
  let stderr = '';
  let ended = false;
  child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line.startsWith('{')) events.push(JSON.parse(line) as NodeEvent);
    for (const listener of listeners) listener();
  });
  const exited = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      ended = true;
      for (const listener of listeners) listener();
      resolve(code);
    }),
  );
  return {
    pid: child.pid!,
    dataFolder,
    events,
    until(fits, what, deadlineMillis = 20_000) {
      return new Promise((resolve, reject) => {
        const check = (): void => {
          const found = events.find(fits);
          if (found !== undefined) finish(() => resolve(found));
          else if (ended)
            finish(() => reject(new Error(`the node ended before ${what}: ${stderr.slice(-2000)} ${JSON.stringify(events.at(-1))}`)));
        };
        const timer = setTimeout(
          () =>
            finish(() =>
              reject(new Error(`no ${what} within ${deadlineMillis} ms; last: ${JSON.stringify(events.slice(-5))} ${stderr.slice(-2000)}`)),
            ),
          deadlineMillis,
        );
        const finish = (settle: () => void): void => {
          clearTimeout(timer);
          listeners.delete(check);
          settle();
        };
        listeners.add(check);
        check();
      });
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** One `peerhold ... --json` command; its JSON value and exit code. */
export async function peerhold(
  dataFolder: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly value: any }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args, '--data', dataFolder, '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, value: stdout.trim() === '' ? null : JSON.parse(stdout) };
}
