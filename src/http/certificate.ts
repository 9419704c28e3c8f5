import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Logger } from '../kit/logger.ts';

/** Where a certificate chain and its private key are, PEM. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** What can be given another certificate while it listens: an HTTPS server. */
interface Secured {
  setSecureContext(certificate: Certificate): void;
}

const LOOK_MS = 2_000;

export async function readCertificate({ cert, key }: CertificateFiles): Promise<Certificate> {
  const [chain, secret] = await Promise.all([cert, key].map((path) => readFile(path, 'utf8')));
  return { cert: chain ?? '', key: secret ?? '' };
}

/**
 * Looks every two seconds whether the files are others than before, however they were replaced (written over, renamed, a link
 * that leads elsewhere), and gives new connections the new certificate. One that can't be used changes nothing, and is told
 * once: it may be half of a pair that is being replaced.
 * @returns what ends it
 */
export function watchCertificate(server: Secured, files: CertificateFiles, log: Logger): () => void {
  let seen: string | undefined;
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const now = await signOf(files);
      if (now === seen) return;
      const isFirst = seen === undefined;
      seen = now;
      if (!isFirst) await renew(server, files, log);
    } finally {
      isLooking = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return () => clearInterval(timer);
}

async function renew(server: Secured, files: CertificateFiles, log: Logger): Promise<void> {
  try {
    const certificate = await readCertificate(files);
    // Throws where the two do not belong together, before the server is touched.
    createSecureContext(certificate);
    server.setSecureContext(certificate);
    log.info({ cert: files.cert }, 'The certificate has changed, and new connections get the new one.');
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    log.error(
      { cert: files.cert, said },
      'The certificate has changed to one that can not be used; the one before stays.',
    );
  }
}

/** What changes whenever a file does. */
async function signOf({ cert, key }: CertificateFiles): Promise<string> {
  const signs = [cert, key].map((path) =>
    stat(path, { bigint: true }).then(
      ({ ino, size, mtimeNs }) => `${ino} ${size} ${mtimeNs}`,
      () => 'gone',
    ),
  );
  return (await Promise.all(signs)).join(', ');
}
