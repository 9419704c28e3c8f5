import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { readCertificate, watchCertificate, type CertificateFiles } from './certificate.ts';
import { createHttp, type HttpDeps } from './server.ts';

/** Where to listen; port 0 is any that is free. */
interface Places {
  readonly host: string;
  readonly httpPort: number;
  readonly https: (CertificateFiles & { readonly port: number }) | undefined;
}

/** The ways in that are open: HTTP, and HTTPS after it where it was asked for. */
export interface Faces {
  readonly listening: readonly { readonly scheme: 'http' | 'https'; readonly port: number }[];
  /** Lets nobody in any more, and answers what is under way. */
  close(): Promise<void>;
}

/** @throws the system's error, OpenSSL's where the certificate is none; nothing listens then */
export async function openFaces(deps: HttpDeps, { host, httpPort, https }: Places): Promise<Faces> {
  const plain = createHttp(deps);
  // Made before anything listens: nobody comes in where a certificate can not be used.
  const secure = https === undefined ? undefined : createHttp(deps, await readCertificate(https));
  const faces = secure === undefined ? [plain] : [plain, secure];
  let stopWatching: (() => void) | undefined;
  const close = async () => {
    stopWatching?.();
    await Promise.all(faces.map(closeFace));
  };
  try {
    const httpAt = { scheme: 'http', port: await listen(plain, host, httpPort) } as const;
    if (secure === undefined || https === undefined) return { listening: [httpAt], close };
    const httpsAt = { scheme: 'https', port: await listen(secure, host, https.port) } as const;
    stopWatching = watchCertificate(secure.server as unknown as HttpsServer, https, deps.log);
    return { listening: [httpAt, httpsAt], close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(face: FastifyInstance, host: string, port: number): Promise<number> {
  await face.listen({ host, port });
  return (face.server.address() as AddressInfo).port;
}

/** A connection that its client keeps open after its answer, for 65 s, is not waited for. */
async function closeFace(face: FastifyInstance): Promise<void> {
  const hurry = setInterval(() => face.server.closeIdleConnections(), 50);
  await face.close().finally(() => clearInterval(hurry));
}
