import { join } from 'node:path';
import { defineConfig } from 'vite';

/** The element for other people's pages: one module without a dependency, for any browser of the last two years. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: join(import.meta.dirname, '../dist/widget'),
    emptyOutDir: true,
    target: 'es2023',
    // No `lib`: that leaves the white space in, for other builds to take out.
    rolldownOptions: {
      input: join(import.meta.dirname, 'main.ts'),
      output: { entryFileNames: 'v1.js' },
    },
    modulePreload: false,
    reportCompressedSize: false,
  },
});
