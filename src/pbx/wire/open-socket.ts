import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { AddressRefused, type AddressGuard } from '../../kit/address-guard.ts';
import { PbxError } from '../contract.ts';

/** Where a PBX listens, as its settings say. */
export interface SocketTarget {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** SHA-256 of the one certificate that is believed, in hex; empty: certificates are checked by their authority. */
  readonly fingerprint: string;
}

const CONNECT_MS_MAX = 5_000;

/**
 * Connects to a PBX: looks up, checks the address, connects to the very address that was checked, shakes hands, and
 * checks the certificate before anything is sent.
 * @throws PbxError of the phase `before_send`: `pbx_unreachable` or `pbx_tls`
 */
export async function openSocket(target: SocketTarget, guard: AddressGuard): Promise<Socket> {
  const address = await resolve(target, guard);
  return new Promise((resolve, reject) => {
    const socket = target.tls
      ? connectTls(tlsOptions(target, address))
      : connectTcp({ host: address, port: target.port });
    const fail = (error: PbxError) => {
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
export async function shownFingerprint(
  target: SocketTarget,
  guard: AddressGuard,
): Promise<string | undefined> {
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

async function resolve(target: SocketTarget, guard: AddressGuard): Promise<string> {
  try {
    return (await guard.resolve(target.host, target.port)).address;
  } catch (error) {
    if (error instanceof AddressRefused) throw refused(error);
    throw unreachable(target, error as NodeJS.ErrnoException);
  }
}

function tlsOptions({ host, port, fingerprint }: SocketTarget, address: string) {
  return {
    host: address,
    port,
    // A pinned certificate needs no authority: it is compared before anything is sent.
    rejectUnauthorized: fingerprint === '',
    ...(isIP(host) === 0 ? { servername: host } : {}),
  };
}

function wrongCertificate({ tls, fingerprint }: SocketTarget, socket: Socket): PbxError | undefined {
  if (!tls || fingerprint === '') return undefined;
  const shown = (socket as TLSSocket).getPeerCertificate().fingerprint256;
  const plain = (text: string) => text.replace(/[^0-9a-f]/gi, '').toLowerCase();
  if (shown !== undefined && plain(shown) === plain(fingerprint)) return undefined;
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_tls',
    said: `The PBX's certificate has the SHA-256 fingerprint ${shown ?? 'unknown'}, which is not the pinned one`,
    remedy:
      'If the certificate was renewed, set fingerprint to the new value; if not, do not trust this connection.',
  });
}

const OF_TLS = /^ERR_(TLS|SSL)|CERT|SELF_SIGNED|UNABLE_TO|EPROTO/;

function unreachable({ host, port, tls }: SocketTarget, error: NodeJS.ErrnoException): PbxError {
  const place = `${host}:${port}`;
  const code = error.code ?? '';
  if (tls && OF_TLS.test(code)) {
    return new PbxError({
      phase: 'before_send',
      code: 'pbx_tls',
      // Node's advice on its own options follows after a semicolon: it is not for the reader of this.
      said: error.message.split(';', 1)[0] ?? '',
      remedy:
        `Check that ${place} is the PBX's TLS port; for a self-signed certificate, set fingerprint to its SHA-256, ` +
        'which click2call pbx examine shows.',
      cause: error,
    });
  }
  const isUnknownName = code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_unreachable',
    said: error.message,
    remedy: isUnknownName
      ? `Check the host setting of the PBX: the name ${host} is not known to DNS here.`
      : `Check that the PBX runs, that it listens at ${place}, and that no firewall stands between us and it.`,
    cause: error,
  });
}

function timedOut({ host, port }: SocketTarget): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_unreachable',
    said: `Connection to ${host}:${port} timed out after ${CONNECT_MS_MAX / 1000} s`,
    remedy: 'Check the host and port settings of the PBX, and that no firewall stands between us and it.',
  });
}

function refused(error: AddressRefused): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_address_refused',
    said: error.message,
    remedy:
      'Give the PBX a public address, or ask the operator of this installation to name its network in C2C_PBX_NETWORKS.',
    cause: error,
  });
}
