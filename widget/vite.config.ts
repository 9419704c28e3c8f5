import { join } from 'node:path';
import { defineConfig } from 'vite';

/** The element for other people's pages: one module without a dependency, for any browser of the last two years. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: join(import.meta.dirname, '../dist/widget'),
    emptyOutDir: true,
    target: 'es2023',
    // Those that know light-dark(): what stands in for it needs a scheme on the element itself, and not its page's.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // No `lib`: that leaves the white space in, for other builds to take out.
    rolldownOptions: {
      input: join(import.meta.dirname, 'main.ts'),
      output: { entryFileNames: 'v1.js' },
    },
    modulePreload: false,
    reportCompressedSize: false,
  },
});
