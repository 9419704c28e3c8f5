import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAmiSandbox, type AmiSandbox } from '../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess, type GatewayProcess } from './journeys/gateway.ts';

/** Milliseconds: what was done is over for the garbage collector too, and a dump takes its time. */
const PATIENCE = { timeout: 60_000, interval: 200 };
const LOGIN = { username: 'c2c', secret: 'canary-pbx-secret-7261' };
const PASSWORD = 'canary words of a password 5518';

let pbx: AmiSandbox;
let gateway: GatewayProcess;

beforeAll(async () => {
  pbx = await startAmiSandbox({ ...LOGIN, pace: 0.05 });
  const environment = {
    C2C_SIGNUP: 'open',
    C2C_PBX_NETWORKS: '127.0.0.0/8',
    NODE_OPTIONS: '--heapsnapshot-signal=SIGUSR2',
  };
  gateway = await startGatewayProcess({ amiPort: pbx.port, amiUsers: { c2c: LOGIN } }, { environment });
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await pbx.close();
});

async function post(path: string, body: object, key?: string): Promise<{ answer: Response; made: unknown }> {
  const headers = {
    'content-type': 'application/json',
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
  const answer = await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(201);
  return { answer, made: await answer.json() };
}

/** What came in, and what was shown once. */
async function useEverything(): Promise<Record<string, string>> {
  const { key } = gateway;
  const dial = { dial_first: '201', dial_second: '12125100000' };
  await gateway.click(dial);
  const person = { name: 'Ann', email: 'ann@canary.example', password: PASSWORD, account_name: 'Ann Ltd' };
  const signedUp = await post('/v3/signup', person);
  const cookie = signedUp.answer.headers.get('set-cookie') ?? '';
  const shown = signedUp.made as { key: { key: string } };
  const webhook = (await post('/v3/webhooks', { url: 'http://127.0.0.1:9/' }, key)).made as {
    secret: string;
  };
  const link = (await post('/v3/links', dial, key)).made as { url: string };
  return {
    'the key': key,
    'the key of a sign-up': shown.key.key,
    'the password': PASSWORD,
    'the cookie of the session': /=([^;]+)/.exec(cookie)?.[1] ?? '',
    "the webhook's secret": webhook.secret,
    'the token of the link': new URL(link.url).pathname.replace('/l/', ''),
    'the master key': readFileSync(join(gateway.dataDir, 'master.key'), 'utf8').trim(),
  };
}

/** All that V8 holds of an idle process. */
async function heapOf({ pid, dataDir, url }: GatewayProcess): Promise<string> {
  for (let count = 0; count < 50; count += 1) await (await fetch(`${url}/healthz`)).text();
  process.kill(pid, 'SIGUSR2');
  const dump = () => readdirSync(dataDir).find((name) => name.endsWith('.heapsnapshot')) ?? '';
  await expect.poll(dump, PATIENCE).not.toBe('');
  // It is whole when its last list is closed.
  const text = () => readFileSync(join(dataDir, dump()), 'utf8');
  await expect.poll(() => text().trimEnd().endsWith(']}'), PATIENCE).toBe(true);
  return text();
}

it('holds, when it is dumped after use, the secrets of PBXs that it speaks to, and nobody else’s', async () => {
  const secrets = await useEverything();
  const heap = await heapOf(gateway);
  expect(heap, 'what has to be there is found').toContain(LOGIN.secret);
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret.length, what).toBeGreaterThan(20);
    expect(heap.includes(secret), what).toBe(false);
  }
});
