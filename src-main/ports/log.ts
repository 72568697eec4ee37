/** Events with facts; no prose with values inside. Measures carry their unit in the name. */
export interface Log {
  event(name: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(name: string, facts?: Readonly<Record<string, unknown>>): void;
}
