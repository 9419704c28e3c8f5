import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { newCertificate } from '../certificate.ts';
import { startGateway } from '../gateway.ts';

const PATIENCE = { timeout: 20_000, interval: 100 };

/** SHA-256 of the certificate that a new connection is shown. */
function shownAt(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

it(
  'a certificate that is replaced counts for new connections; one that can not be used changes nothing',
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'c2c-tls-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const [first, second, third] = await Promise.all([newCertificate(), newCertificate(), newCertificate()]);
    await writeFile(cert, first.cert);
    await writeFile(key, first.key);
    await using gateway = await startGateway({ C2C_HTTPS_PORT: '0', C2C_TLS_CERT: cert, C2C_TLS_KEY: key });
    const url = gateway.urls.find((each) => each.startsWith('https:')) ?? '';
    expect(await shownAt(url)).toBe(first.fingerprint);

    // As certbot does it: a new file in the place of the old one.
    await writeFile(`${key}.new`, second.key);
    await writeFile(`${cert}.new`, second.cert);
    await rename(`${key}.new`, key);
    await rename(`${cert}.new`, cert);
    await expect.poll(() => shownAt(url), PATIENCE).toBe(second.fingerprint);

    // One half of a pair, then garbage, then nothing: it goes on with what it has, and takes the next good one.
    await writeFile(cert, third.cert);
    await writeFile(key, 'no key');
    await rm(key);
    expect(await shownAt(url)).toBe(second.fingerprint);
    await writeFile(key, third.key);
    await expect.poll(() => shownAt(url), PATIENCE).toBe(third.fingerprint);
  },
);
