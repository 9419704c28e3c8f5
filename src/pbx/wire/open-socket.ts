import type { Socket } from 'node:net';
import type { AddressGuard } from '../../kit/address-guard.ts';
import { connect, ConnectFailed, type Target } from '../../net/connect.ts';
import { PbxError } from '../contract.ts';

/** Where a PBX listens, as its settings say. */
export type SocketTarget = Target;

export { shownFingerprint } from '../../net/connect.ts';

/**
 * Connects to a PBX, as `connect` does.
 * @throws PbxError of the phase `before_send`: `pbx_unreachable`, `pbx_address_refused` or `pbx_tls`
 */
export async function openSocket(target: SocketTarget, guard: AddressGuard): Promise<Socket> {
  try {
    return await connect(target, guard);
  } catch (error) {
    if (!(error instanceof ConnectFailed)) throw error;
    const { code, said, remedy } = inWordsOfPbx(target, error);
    throw new PbxError({ phase: 'before_send', code, said, remedy, cause: error.cause });
  }
}

function inWordsOfPbx(
  { host, port }: SocketTarget,
  { reason, message }: ConnectFailed,
): Pick<PbxError, 'code' | 'said' | 'remedy'> {
  const place = `${host}:${port}`;
  switch (reason) {
    case 'address_refused':
      return {
        code: 'pbx_address_refused',
        said: message,
        remedy:
          'Give the PBX a public address, or ask the operator of this installation to name its network in C2C_PBX_NETWORKS.',
      };
    case 'name_unknown':
      return {
        code: 'pbx_unreachable',
        said: message,
        remedy: `Check the host setting of the PBX: the name ${host} is not known to DNS here.`,
      };
    case 'unreachable':
      return {
        code: 'pbx_unreachable',
        said: message,
        remedy: `Check that the PBX runs, that it listens at ${place}, and that no firewall stands between us and it.`,
      };
    case 'timed_out':
      return {
        code: 'pbx_unreachable',
        said: message,
        remedy: 'Check the host and port settings of the PBX, and that no firewall stands between us and it.',
      };
    case 'tls':
      return {
        code: 'pbx_tls',
        said: message,
        remedy:
          `Check that ${place} is the PBX's TLS port; for a self-signed certificate, set fingerprint to its SHA-256, ` +
          'which click2call pbx examine shows.',
      };
    case 'certificate':
      return {
        code: 'pbx_tls',
        said: `The PBX's ${message}`,
        remedy:
          'If the certificate was renewed, set fingerprint to the new value; if not, do not trust this connection.',
      };
  }
}
