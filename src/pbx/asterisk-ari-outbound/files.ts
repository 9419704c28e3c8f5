import { createHash } from 'node:crypto';
import type { InboundDoor } from '../contract.ts';
import type { AriOutboundSettings } from './manifest.ts';

const SAFE = /^[A-Za-z0-9._~:/?=&%@+-]{1,500}$/;

/**
 * What the PBX's administrator pastes (protocol notes, B.5): whole files. `[general]` has to stand in ari.conf once: with
 * two of them, or none, Asterisk 22.10.1 ignores the rest of the file, and then connects to us and hangs up, over and
 * over without a pause. The local user exists only for this link; its password is derived from the link's, so that
 * nobody who does not know that one can log in where ARI's port happens to be open.
 * @throws TypeError where a value would not stand in such a file as it is
 */
export function filesFor(
  { app }: Pick<AriOutboundSettings, 'app'>,
  { url, username, password }: InboundDoor,
): Record<string, string> {
  for (const value of [url, username, password])
    if (!SAFE.test(value))
      throw new TypeError('This value can not stand in a configuration file of Asterisk.');
  const isSecure = url.startsWith('wss:');
  const localPassword = createHash('sha256').update(`ari local user:${password}`).digest('base64url');
  return {
    'websocket_client.conf': `[click2call]
type = websocket_client
connection_type = persistent
uri = ${url}
protocols = ari
username = ${username}
password = ${password}
connection_timeout = 5000
reconnect_interval = 2000
tls_enabled = ${isSecure ? 'yes' : 'no'}
${isSecure ? `ca_list_file = /etc/ssl/certs/ca-certificates.crt\nverify_server_cert = yes\nverify_server_hostname = yes\n` : ''}`,
    'ari.conf': `; Leave [general] out where this file has one already: it must stand once.
[general]
enabled = yes

[click2call-local]
type = user
read_only = no
password = ${localPassword}

[click2call]
type = outbound_websocket
websocket_client_id = click2call
apps = ${app}
subscribe_all = no
local_ari_user = click2call-local
`,
  };
}
