import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const LAUNCHER = fileURLToPath(new URL('../../bin/click2call', import.meta.url));
const execute = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'c2c-launcher-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A folder with a `node` that says that it is of this version, and does nothing else. */
async function pathWithNode(version: string): Promise<string> {
  const bin = join(folder, version);
  await mkdir(bin);
  const script = `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; else echo "runs $*"; fi\n`;
  await writeFile(join(bin, 'node'), script, { mode: 0o755 });
  await chmod(join(bin, 'node'), 0o755);
  return `${bin}:/usr/bin:/bin`;
}

test('in a checkout the launcher runs on the Node.js that npm ci brought, also through links', async () => {
  const link = join(folder, 'link');
  await symlink(LAUNCHER, link);
  await symlink('link', join(folder, 'click2call'));
  const { stdout } = await execute(join(folder, 'click2call'), ['--version'], {
    env: { PATH: await pathWithNode('v18.0.0') },
  });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('without it the launcher takes a Node.js that is new enough, and refuses an old one in words', async () => {
  await mkdir(join(folder, 'copy', 'bin'), { recursive: true });
  const copy = join(folder, 'copy', 'bin', 'click2call');
  await copyFile(LAUNCHER, copy);
  const recent = await execute(copy, ['show', 'a b'], { env: { PATH: await pathWithNode('v24.0.0') } });
  expect(recent.stdout).toBe(`runs --max-semi-space-size=4 ${join(folder, 'copy')}/src/main.ts show a b\n`);

  const old = execute(copy, [], { env: { PATH: await pathWithNode('v22.19.0') } });
  await expect(old).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^click2call needs Node\.js 24 or later; here is v22\.19\.0\. Run 'npm ci'/,
    ),
  });
});
