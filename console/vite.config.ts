import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Text beside which a brotli of it is written, once, so that no server spends time on it. */
const COMPRESSIBLE = /\.(js|css|html|svg)$/;
const compress = promisify(brotliCompress);

const besideAsBrotli: Plugin = {
  name: 'beside-as-brotli',
  apply: 'build',
  // What is on the disk is final: other plugins change what is in memory until then.
  async writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((each) => COMPRESSIBLE.test(each))) {
      const text = await readFile(join(dir, name));
      const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
      await writeFile(join(dir, `${name}.br`), await compress(text, { params }));
    }
  },
};

/** The order of the layers, as `styles/base.css` has it: where parts are put together, others may come before that file. */
const LAYERS = '@layer tokens, base, ui, layout, pages;';

const layersFirst: Plugin = {
  name: 'layers-first',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'asset' && file.fileName.endsWith('.css'))
          file.source = `${LAYERS}${String(file.source)}`;
    },
  },
};

/**
 * What everything begins with is one file, and what the pages need that people mostly begin with is another: a browser asks a
 * server for six things at once, and the rest waits for their way there and back. Other parts come with the pages that need them.
 */
const TOGETHER = [
  { name: 'start', tags: ['$initial' as const] },
  { name: 'first-pages', test: /console[\\/]pages[\\/](home|door[\\/]login-page)/ },
];

/** The console as files for any browser of the last two years; nothing in it comes from another host or is written inline. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react(), layersFirst, besideAsBrotli],
  build: {
    outDir: join(import.meta.dirname, '../dist/console'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // One small file for all pages: the order of its layers is given once, and no page waits for its looks.
    cssCodeSplit: false,
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // In kB before it is compressed; a test holds what is loaded at first against what it may weigh.
    chunkSizeWarningLimit: 800,
    rolldownOptions: { output: { codeSplitting: { groups: TOGETHER } } },
  },
  server: { proxy: { '/v3': 'http://127.0.0.1:8080' } },
});
