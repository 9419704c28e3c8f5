import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { AddressRefused, type AddressGuard } from '../kit/address-guard.ts';

/** Where somebody listens, as a customer said. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** SHA-256 of the one certificate that is believed, in hex; empty: certificates are checked by their authority. */
  readonly fingerprint: string;
}

/**
 * - `address_refused`: the address is one that we do not connect to
 * - `name_unknown`: DNS does not know the name
 * - `tls`: the handshake failed, or no authority that is known here vouches for the certificate
 * - `certificate`: it is not the pinned one
 */
type Reason = 'address_refused' | 'name_unknown' | 'unreachable' | 'timed_out' | 'tls' | 'certificate';

/** No connection came about, and nothing was sent. `message` has the words of whoever found out. */
export class ConnectFailed extends Error {
  override readonly name = 'ConnectFailed';
  readonly reason: Reason;

  constructor(reason: Reason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

const CONNECT_MS_MAX = 5_000;

/**
 * Connects: looks up, checks the address, connects to the very address that was checked, shakes hands, and checks the
 * certificate before anything is sent.
 * @throws ConnectFailed
 */
export async function connect(target: Target, guard: AddressGuard): Promise<Socket> {
  const address = await resolve(target, guard);
  return new Promise((resolve, reject) => {
    const socket = target.tls
      ? connectTls(tlsOptions(target, address))
      : connectTcp({ host: address, port: target.port });
    const fail = (error: ConnectFailed) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(timedOut(target)), CONNECT_MS_MAX);
    socket.once('error', (error: NodeJS.ErrnoException) => fail(unreachable(target, error)));
    socket.once(target.tls ? 'secureConnect' : 'connect', () => {
      const wrong = wrongCertificate(target, socket);
      if (wrong !== undefined) return fail(wrong);
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

/** Reads the certificate that is shown there and hangs up: nothing is sent to somebody who is not known yet. */
export async function shownFingerprint(target: Target, guard: AddressGuard): Promise<string | undefined> {
  const address = await resolve(target, guard).catch(() => undefined);
  if (address === undefined) return undefined;
  return new Promise((resolve) => {
    const socket = connectTls({ ...tlsOptions(target, address), rejectUnauthorized: false });
    const end = (fingerprint: string | undefined) => {
      socket.destroy();
      resolve(fingerprint);
    };
    socket.setTimeout(CONNECT_MS_MAX, () => end(undefined));
    socket.once('error', () => end(undefined));
    socket.once('secureConnect', () => end(socket.getPeerCertificate().fingerprint256));
  });
}

async function resolve(target: Target, guard: AddressGuard): Promise<string> {
  try {
    return (await guard.resolve(target.host, target.port)).address;
  } catch (error) {
    if (error instanceof AddressRefused)
      throw new ConnectFailed('address_refused', error.message, { cause: error });
    throw unreachable(target, error as NodeJS.ErrnoException);
  }
}

function tlsOptions({ host, port, fingerprint }: Target, address: string) {
  return {
    host: address,
    port,
    // A pinned certificate needs no authority: it is compared before anything is sent.
    rejectUnauthorized: fingerprint === '',
    ...(isIP(host) === 0 ? { servername: host } : {}),
  };
}

function wrongCertificate({ tls, fingerprint }: Target, socket: Socket): ConnectFailed | undefined {
  if (!tls || fingerprint === '') return undefined;
  const shown = (socket as TLSSocket).getPeerCertificate().fingerprint256;
  const plain = (text: string) => text.replace(/[^0-9a-f]/gi, '').toLowerCase();
  if (shown !== undefined && plain(shown) === plain(fingerprint)) return undefined;
  const says = `certificate has the SHA-256 fingerprint ${shown ?? 'unknown'}, which is not the pinned one`;
  return new ConnectFailed('certificate', says);
}

const OF_TLS = /^ERR_(TLS|SSL)|CERT|SELF_SIGNED|UNABLE_TO|EPROTO/;

function unreachable({ tls }: Target, error: NodeJS.ErrnoException): ConnectFailed {
  const code = error.code ?? '';
  // Node's advice on its own options follows after a semicolon: it is not for the reader of this.
  if (tls && OF_TLS.test(code))
    return new ConnectFailed('tls', error.message.split(';', 1)[0] ?? '', { cause: error });
  const isUnknownName = code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  return new ConnectFailed(isUnknownName ? 'name_unknown' : 'unreachable', error.message, { cause: error });
}

function timedOut({ host, port }: Target): ConnectFailed {
  return new ConnectFailed(
    'timed_out',
    `Connection to ${host}:${port} timed out after ${CONNECT_MS_MAX / 1000} s`,
  );
}
