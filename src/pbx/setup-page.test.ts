import { describe, expect, it } from 'vitest';
import { DRIVERS } from './registry.ts';
import { setupPage } from './setup-page.ts';

describe('docs/pbx', () => {
  it.each(DRIVERS)('has the page of $manifest.id as its driver describes itself', async ({ manifest }) => {
    await expect(setupPage(manifest)).toMatchFileSnapshot(`../../docs/pbx/${manifest.id}.md`);
    for (const template of Object.keys(manifest.guides ?? {})) {
      const file = `../../docs/pbx/${manifest.id}-${template}.md`;
      await expect(setupPage(manifest, template)).toMatchFileSnapshot(file);
    }
  });
});
