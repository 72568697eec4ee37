import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

const dist = join(import.meta.dirname, 'dist');
const source = join(import.meta.dirname, 'src-main');

/** The page as an ordinary web application. The node and the desktop window serve the same files. `vite build` */
const page: UserConfig = {
  root: join(import.meta.dirname, 'src-renderer'),
  plugins: [react()],
  build: {
    outDir: join(dist, 'renderer'),
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
};

/** Electron's main process and the one preload, each a single file. `vite build --mode main`, `--mode preload` */
function program(input: string, folder: string, file: string, format: 'es' | 'cjs'): UserConfig {
  return {
    publicDir: false,
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: input,
      outDir: join(dist, folder),
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: { external: ['electron', /^node:/], output: { format, entryFileNames: file, codeSplitting: false } },
    },
  };
}

export default defineConfig(({ mode }) => {
  if (mode === 'main') return program(join(source, 'main.ts'), 'main', 'main.js', 'es');
  if (mode === 'preload') return program(join(source, 'preload', 'index.ts'), 'preload', 'index.cjs', 'cjs');
  return page;
});
