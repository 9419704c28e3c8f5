import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type CommandPrefix } from './command.ts';

/** A self-signed certificate for `localhost` and `127.0.0.1`. */
export interface Certificate {
  /** PEM files. */
  readonly certificate: string;
  readonly key: string;
  /** SHA-256 of the certificate, as in `AB:CD:…`. */
  readonly fingerprint: string;
}

const settings = `
[req]
prompt = no
distinguished_name = name
x509_extensions = extensions
[name]
CN = localhost
[extensions]
subjectAltName = DNS:localhost, IP:127.0.0.1
basicConstraints = critical, CA:TRUE
`;

/**
 * Makes a certificate that is good for a few days, with the OpenSSL of the lab.
 *
 * @param openssl how to run OpenSSL
 * @param folder where the files go
 */
export async function makeCertificate(openssl: CommandPrefix, folder: string): Promise<Certificate> {
  const config = join(folder, 'certificate.cnf');
  const certificate = join(folder, 'certificate.pem');
  const key = join(folder, 'certificate.key');
  await writeFile(config, settings);
  const kind = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '7',
  ];
  await run(openssl, [...kind, '-config', config, '-keyout', key, '-out', certificate]);
  const { fingerprint256 } = new X509Certificate(await readFile(certificate));
  return { certificate, key, fingerprint: fingerprint256 };
}
