/** Where a command's answer goes: one JSON value with `--json`, lines for people otherwise. */
export interface Output {
  json(value: unknown): void;
  lines(lines: readonly string[]): void;
  /** Over-written in place on a terminal, nothing otherwise. */
  progress(line: string): void;
}

export function createOutput(
  json: boolean,
  stdout: NodeJS.WriteStream = process.stdout,
  stderr: NodeJS.WriteStream = process.stderr,
): Output {
  return {
    json: (value) => void (json && stdout.write(`${JSON.stringify(value)}\n`)),
    lines: (lines) => void (!json && stdout.write(lines.map((line) => `${line}\n`).join(''))),
    progress: (line) => void (!json && stderr.isTTY && stderr.write(`\r${line}\u001b[K`)),
  };
}
