import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SettingValue } from '../../src/pbx/contract.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { expectSaid, onlyError } from './answers.ts';
import { startGateway } from './gateway.ts';
import { onlyCall, phoneOf } from './phones.ts';

const order = { dial_first: '101', dial_second: '102' };

let lab: Asterisk;

beforeAll(async () => {
  lab = await startAsterisk();
});

afterAll(() => lab.stop());

/** One click on a service whose PBX has these settings, while 101's phone listens: it must not ring. */
async function clickInVain(settings: Readonly<Record<string, SettingValue>>) {
  await using gateway = await startGateway(lab, { settings });
  await using alice = await phoneOf(lab, '101');
  const answer = await gateway.click(order);
  expect(await alice.stop()).toMatchObject({ rang: 0 });
  return answer;
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

describe('what goes wrong is told in the words of the other side, and then in ours', () => {
  it('a wrong secret', async () => {
    const answer = await clickInVain({ secret: 'not the secret' });
    const { remedy } = expectSaid(answer, 'pbx_login_refused', 'Authentication failed');
    expect(remedy).toContain('manager.conf');
  });

  it('a login that may not originate', async () => {
    const answer = await clickInVain({ ...lab.amiUsers.noright });
    const { remedy } = expectSaid(answer, 'pbx_permission_denied', 'Permission denied');
    expect(remedy).toContain('originate');
  });

  it('a PBX that is not there', async () => {
    const port = await unusedPort();
    const { remedy } = expectSaid(
      await clickInVain({ port }),
      'pbx_unreachable',
      `connect ECONNREFUSED 127.0.0.1:${port}`,
    );
    expect(remedy).toContain(`127.0.0.1:${port}`);
  });

  it('something else than a PBX', async () => {
    await using server = createServer((socket) => socket.end('220 mail.example.net ESMTP\r\n'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { remedy } = expectSaid(
      await clickInVain({ port }),
      'pbx_protocol',
      /220 mail\.example\.net ESMTP/,
    );
    expect(remedy).toContain('port');
  });

  it('and stands behind the error URL, which needs no key', async () => {
    await using gateway = await startGateway(lab, { settings: { secret: 'not the secret' } });
    const { url } = onlyError(await gateway.click(order));
    const page = await (await fetch(url)).text();
    expect(page).toContain('dial_first=101');
    expect(page).toContain('Authentication failed');
    expect(page).not.toContain(gateway.key);
    expect(page).not.toContain('not the secret');
  });
});

describe('over TLS', () => {
  const tls = () => ({ tls: true, port: lab.amiTlsPort });

  it('a PBX whose certificate is pinned is called through', async () => {
    const settings = { ...tls(), fingerprint: lab.certificate.fingerprint };
    await using gateway = await startGateway(lab, { settings });
    await using alice = await phoneOf(lab, '101');
    await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 200 });
    const { response } = await gateway.click(order);
    expect(response).toMatchObject({ status: 'success', errors: [] });
    await alice.result();
    expect(onlyCall(await bob.result()).invite.shown).toEqual({ name: 'Alice', number: '101' });
  });

  it('another certificate than the pinned one is not spoken to, and the error shows which it was', async () => {
    const fingerprint = `00${lab.certificate.fingerprint.slice(2)}`;
    const answer = await clickInVain({ ...tls(), fingerprint });
    const { remedy } = expectSaid(answer, 'pbx_tls', new RegExp(lab.certificate.fingerprint));
    expect(remedy).toContain('fingerprint');
  });

  it('a self-signed certificate that is not pinned is not spoken to, and the error says how to pin it', async () => {
    const { remedy } = expectSaid(await clickInVain(tls()), 'pbx_tls', /self-signed certificate/);
    expect(remedy).toContain('fingerprint');
  });

  it('a port that does not speak TLS is said to be none', async () => {
    const { remedy } = expectSaid(await clickInVain({ tls: true }), 'pbx_tls', /./);
    expect(remedy).toContain('TLS port');
  });
});
