import { newCertificate } from '../../test/certificate.ts';
import { UNBOUND } from '../kit/account.ts';
import type { Figure } from '../kit/bench.ts';
import { compareDriver } from '../kit/compare-driver.ts';
import { asHttpRequest, recordOrder } from '../kit/recorded-order.ts';
import { SANDBOX_SECRET, type SandboxJob } from '../kit/sandbox-job.ts';

const NUMBERS = { first: '101', second: '102' };

/** A ready-made template whose call is one request with a fixed credential: what it costs to fill one in. */
export const http: Figure = async (bench) => {
  const { key, cert, fingerprint } = await newCertificate();
  const job: SandboxJob = { dialect: 'jambonz', tls: { key, cert } };
  const port = await bench.listener('sandbox', job);
  const account = { account_sid: 'acc0unt', api_key: SANDBOX_SECRET, application_sid: 'app' };
  const place = { template: 'jambonz', host: '127.0.0.1', port, fingerprint };
  const more = { from: '12125550100', sip_realm: 'sandbox.test' };
  const pbx = { name: 'main', driver: 'http', settings: { ...place, ...account, ...more, ...UNBOUND } };
  const request = asHttpRequest(await recordOrder(pbx, NUMBERS), `Bearer ${SANDBOX_SECRET}`);
  const load = await bench.http();
  const direct = (connections: number, count: number) =>
    load.run({ port, tls: true, requests: [request], connections, count, expect: '"sid"' });
  return compareDriver(
    bench,
    { pbx, numbers: NUMBERS, direct },
    { title: '9. http, jambonz in the box', other: 'the same HTTPS request', counts: [1500, 300] },
  );
};
