import { newCertificate } from '../../test/certificate.ts';
import { UNBOUND } from '../kit/account.ts';
import type { Figure } from '../kit/bench.ts';
import { compareDriver } from '../kit/compare-driver.ts';
import { asHttpRequest, basicCredential, recordOrder } from '../kit/recorded-order.ts';
import { SANDBOX_SECRET, type SandboxJob } from '../kit/sandbox-job.ts';

const USERNAME = 'click2call';
const NUMBERS = { first: '101', second: '102' };

/** The Extend API by HTTPS and JSON, as every Switchvox speaks it, with Basic, as new ones ask for. */
export const switchvox: Figure = async (bench) => {
  const { key, cert, fingerprint } = await newCertificate();
  const job: SandboxJob = { dialect: 'switchvox', tls: { key, cert } };
  const port = await bench.listener('sandbox', job);
  const login = { username: USERNAME, password: SANDBOX_SECRET };
  const settings = { host: '127.0.0.1', port, fingerprint, ...login, ...UNBOUND };
  const pbx = { name: 'main', driver: 'switchvox', settings };
  const credential = basicCredential(USERNAME, SANDBOX_SECRET);
  const request = asHttpRequest(await recordOrder(pbx, NUMBERS), credential);
  const http = await bench.http();
  const direct = (connections: number, count: number) =>
    http.run({ port, tls: true, requests: [request], connections, count, expect: '"call_info"' });
  return compareDriver(
    bench,
    { pbx, numbers: NUMBERS, direct },
    { title: '7. switchvox, in the box', other: 'the same HTTPS request', counts: [1500, 300] },
  );
};
