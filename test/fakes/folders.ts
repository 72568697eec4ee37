import type { SeededRandom } from './seededRandom.ts';

export type FolderEntry<T> = { readonly kind: 'file'; readonly content: T } | { readonly kind: 'folder' };

/** One creation, rename or removal: all of its changes happen or none. */
interface Step<T> {
  readonly order: number;
  readonly changes: readonly (readonly [path: string, entry: FolderEntry<T> | null])[];
  /** Folders that must still be synced before it is certain. */
  readonly waitsFor: Set<string>;
}

/** The names of a disk: what the program sees, what is on the medium, and the steps between that a power cut decides about. */
export class Folders<T> {
  private readonly visible = new Map<string, FolderEntry<T>>();
  private readonly durable = new Map<string, FolderEntry<T>>();
  /** The order of the newest step that decided about a path on the medium. */
  private readonly decided = new Map<string, number>();
  private steps: Step<T>[] = [];
  private order = 0;

  get(path: string): FolderEntry<T> | null {
    return this.visible.get(path) ?? null;
  }

  getDurable(path: string): FolderEntry<T> | null {
    for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) if (!this.durable.has(folder)) return null;
    return this.durable.get(path) ?? null;
  }

  isFolder(path: string): boolean {
    return path === '' || this.visible.get(path)?.kind === 'folder';
  }

  /** True when the folder that `path` is in exists. */
  holds(path: string): boolean {
    return this.isFolder(parentOf(path));
  }

  list(folder: string): (readonly [name: string, entry: FolderEntry<T>])[] {
    const found = [...this.visible].filter(([path]) => path !== '' && parentOf(path) === folder);
    return found.map(([path, entry]) => [nameOf(path), entry] as const).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }

  paths(): readonly string[] {
    return [...this.visible]
      .filter(([, entry]) => entry.kind === 'file')
      .map(([path]) => path)
      .sort();
  }

  contents(): Iterable<T> {
    const found = new Set<T>();
    for (const entry of this.visible.values()) if (entry.kind === 'file') found.add(entry.content);
    return found;
  }

  makeFolder(path: string): void {
    if (this.isFolder(path)) return;
    this.makeFolder(parentOf(path));
    this.set(path, { kind: 'folder' });
  }

  set(path: string, entry: FolderEntry<T>): void {
    this.take([[path, entry]]);
  }

  remove(path: string): void {
    if (this.visible.get(path)?.kind === 'file') this.take([[path, null]]);
  }

  rename(from: string, to: string): void {
    this.take([
      [from, null],
      [to, this.visible.get(from)!],
    ]);
  }

  sync(folder: string): void {
    for (const step of this.steps) {
      if (!step.waitsFor.delete(folder) || step.waitsFor.size > 0) continue;
      this.decide(step);
    }
    this.steps = this.steps.filter((step) => step.waitsFor.size > 0);
  }

  cutPower(random: SeededRandom): void {
    for (const step of this.steps) if (random.chance(0.5)) this.decide(step);
    this.steps = [];
    this.visible.clear();
    for (const [path, entry] of this.durable) {
      if (this.getDurable(path) === null) this.durable.delete(path);
      else this.visible.set(path, entry);
    }
  }

  copy(copyContent: (content: T) => T): Folders<T> {
    const out = new Folders<T>();
    const copies = new Map<FolderEntry<T>, FolderEntry<T>>();
    const copyOf = (entry: FolderEntry<T>): FolderEntry<T> => {
      if (entry.kind === 'folder') return entry;
      const known = copies.get(entry) ?? { kind: 'file', content: copyContent(entry.content) };
      copies.set(entry, known);
      return known;
    };
    for (const [path, entry] of this.visible) out.visible.set(path, copyOf(entry));
    for (const [path, entry] of this.durable) out.durable.set(path, copyOf(entry));
    for (const [path, order] of this.decided) out.decided.set(path, order);
    out.steps = this.steps.map((step) => ({
      order: step.order,
      changes: step.changes.map(([path, entry]) => [path, entry === null ? null : copyOf(entry)] as const),
      waitsFor: new Set(step.waitsFor),
    }));
    out.order = this.order;
    return out;
  }

  private take(changes: Step<T>['changes']): void {
    for (const [path, entry] of changes) apply(this.visible, path, entry);
    this.steps.push({ order: this.order++, changes, waitsFor: new Set(changes.map(([path]) => parentOf(path))) });
  }

  private decide({ order, changes }: Step<T>): void {
    for (const [path, entry] of changes) {
      if ((this.decided.get(path) ?? -1) > order) continue;
      this.decided.set(path, order);
      apply(this.durable, path, entry);
    }
  }
}

function apply<T>(names: Map<string, FolderEntry<T>>, path: string, entry: FolderEntry<T> | null): void {
  if (entry === null) names.delete(path);
  else names.set(path, entry);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
