import { join } from 'node:path';
import type { Launcher } from '../../../src-shared/contract/index.ts';

/** The machine, as far as finding folders goes. Injected, so that every platform's tree can be tried on any. */
export interface Machine {
  readonly home: string;
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where a launcher keeps games. Paths may not exist. */
export type Root =
  /** `path` is itself a game folder (`path/saves/*`); `profiles` are files that may name further ones. */
  | { readonly kind: 'game'; readonly launcher: Launcher; readonly path: string; readonly profiles: readonly string[] }
  /** Every folder in `path` is an instance; its game folder is the first of `inside` that exists. `settings` may move `path`. */
  | {
      readonly kind: 'instances';
      readonly launcher: Launcher;
      readonly path: string;
      readonly inside: readonly string[];
      readonly settings: string | null;
    };

const PROFILES = ['launcher_profiles.json', 'launcher_profiles_microsoft_store.json'];
/** Prism and MultiMC: `.minecraft` only where there is no `minecraft`. */
const MULTIMC_INSIDE = ['minecraft', '.minecraft'];
const SELF = ['.'];

/** Every place of the discovery table for this machine. Pure; sources: the launchers' own code and documents, as listed in the README. */
export function launcherRoots(machine: Machine): readonly Root[] {
  const { home } = machine;
  const data = dataFolders(machine);
  const instances = (launcher: Launcher, folders: readonly string[], inside: readonly string[]): readonly Root[] =>
    folders.map((path) => ({ kind: 'instances', launcher, path, inside, settings: null }));
  const sandboxed = (id: string, ...rest: string[]): readonly string[] =>
    machine.platform === 'linux' ? [join(home, '.var', 'app', id, ...rest)] : [];
  const withData = (id: string, name: string): readonly string[] => [
    ...data.map((folder) => join(folder, name)),
    ...sandboxed(id, 'data', name),
  ];
  return [
    ...officialFolders(machine, data).map((path): Root => ({
      kind: 'game',
      launcher: 'minecraft',
      path,
      profiles: PROFILES.map((file) => join(path, file)),
    })),
    ...withData('org.prismlauncher.PrismLauncher', 'PrismLauncher').map((folder): Root => ({
      kind: 'instances',
      launcher: 'prism',
      path: join(folder, 'instances'),
      inside: MULTIMC_INSIDE,
      settings: join(folder, 'prismlauncher.cfg'),
    })),
    ...multiMcFolders(machine).map((folder): Root => ({
      kind: 'instances',
      launcher: 'multimc',
      path: join(folder, 'instances'),
      inside: MULTIMC_INSIDE,
      settings: join(folder, 'multimc.cfg'),
    })),
    ...instances(
      'curseforge',
      [home, join(home, 'Documents')].map((folder) => join(folder, 'curseforge', 'minecraft', 'Instances')),
      SELF,
    ),
    ...instances(
      'modrinth',
      [...withData('com.modrinth.ModrinthApp', 'ModrinthApp'), ...data.map((folder) => join(folder, 'com.modrinth.theseus'))].map(
        (folder) => join(folder, 'profiles'),
      ),
      SELF,
    ),
    ...instances(
      'atlauncher',
      [...withData('com.atlauncher.ATLauncher', 'ATLauncher'), ...data.map((folder) => join(folder, 'atlauncher'))].map((folder) =>
        join(folder, 'instances'),
      ),
      SELF,
    ),
    ...instances(
      'gdlauncher',
      data.map((folder) => join(folder, 'gdlauncher_next', 'instances')),
      SELF,
    ),
    ...instances(
      'gdlauncher',
      data.map((folder) => join(folder, 'gdlauncher_carbon', 'data', 'instances')),
      ['instance'],
    ),
  ];
}

/** Where programs of this platform keep their data. */
function dataFolders({ home, platform, env }: Machine): readonly string[] {
  if (platform === 'win32') return [env['APPDATA'] ?? join(home, 'AppData', 'Roaming')];
  if (platform === 'darwin') return [join(home, 'Library', 'Application Support')];
  return [env['XDG_DATA_HOME'] ?? join(home, '.local', 'share')];
}

function officialFolders({ home, platform }: Machine, data: readonly string[]): readonly string[] {
  if (platform === 'win32') return data.map((folder) => join(folder, '.minecraft'));
  if (platform === 'darwin') return data.map((folder) => join(folder, 'minecraft'));
  return [join(home, '.minecraft'), join(home, '.var', 'app', 'com.mojang.Minecraft', '.minecraft')];
}

/** MultiMC is portable: it lies wherever it was unpacked. These are the usual places. */
function multiMcFolders({ home, platform, env }: Machine): readonly string[] {
  const unpacked = ['Desktop', 'Downloads'].map((folder) => join(home, folder, 'MultiMC'));
  if (platform === 'darwin') return ['/Applications/MultiMC.app/Data', join(home, 'Applications', 'MultiMC.app', 'Data')];
  if (platform === 'win32') {
    const drive = env['SystemDrive'] ?? 'C:';
    const programs = [env['ProgramFiles'], env['ProgramFiles(x86)']].filter((folder) => folder !== undefined);
    return [...unpacked, `${drive}\\MultiMC`, ...programs.map((folder) => join(folder, 'MultiMC'))];
  }
  return [...unpacked, join(home, '.local', 'share', 'multimc'), join(home, 'MultiMC')];
}
