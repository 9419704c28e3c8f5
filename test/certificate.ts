import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asteriskRoot } from './lab/asterisk-root.ts';
import { makeCertificate } from './lab/certificate.ts';

/** A self-signed certificate of this run alone, PEM, and its SHA-256: no key stands in the repository. */
export async function newCertificate(): Promise<{ key: string; cert: string; fingerprint: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'c2c-tls-'));
  try {
    const { openssl } = await asteriskRoot();
    const { key, certificate, fingerprint } = await makeCertificate(openssl, folder);
    const [keyText, cert] = await Promise.all([readFile(key, 'utf8'), readFile(certificate, 'utf8')]);
    return { key: keyText, cert, fingerprint };
  } finally {
    await rm(folder, { recursive: true });
  }
}
