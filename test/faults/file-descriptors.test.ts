import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Client as Line } from 'undici';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess, type GatewayProcess } from '../journeys/gateway.ts';
import { everyCall } from '../journeys/told.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const LOGIN = { username: 'c2c', secret: 'canary' };
const ORDER = { dial_first: '201', dial_second: '12125100000' };

let pbx: AmiSandbox;
let gateway: GatewayProcess;
/** A connection that stood before: no other can be made without a file descriptor. */
let line: Line;

beforeAll(async () => {
  pbx = await startAmiSandbox({ ...LOGIN, pace: 0.05 });
  gateway = await startGatewayProcess({ amiPort: pbx.port, amiUsers: { c2c: LOGIN } });
  line = new Line(gateway.url);
});

afterAll(async () => {
  await line.destroy();
  await gateway[Symbol.asyncDispose]();
  await pbx.close();
});

async function click(): Promise<CallResponse['response']> {
  const path = `/c2c/v2?${new URLSearchParams({ ...ORDER, api_key: gateway.key })}`;
  const { body } = await line.request({ path, method: 'GET' });
  return ((await body.json()) as CallResponse).response;
}

/** The soft limit alone: it can be raised again. */
function limit(descriptors: number): void {
  execFileSync('prlimit', ['--pid', String(gateway.pid), `--nofile=${descriptors}:`]);
}

it.each([
  ['all that it has are taken', 0],
  ['not even the one in reserve is left', Infinity],
])(
  'no file descriptor to be had, %s: it goes on with what it has, tells why it can not more, and comes back',
  async (_, fewer) => {
    const taken: string[] = [(await click()).request_id];
    const { pid } = gateway;
    const open = readdirSync(`/proc/${pid}/fd`).length;
    limit(Math.max(1, open - fewer));
    // Who comes anew is turned away by the system, or waits: what counts is that it does no harm.
    const late = Array.from({ length: 20 }, () =>
      fetch(`${gateway.url}/healthz`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined),
    );
    await Promise.all(late);
    const meanwhile = await click();
    expect(meanwhile).toMatchObject({ status: 'success', errors: [] });
    taken.push(meanwhile.request_id);

    limit(1);
    pbx.cut();
    const failed = async () => (await click()).errors.map(({ error }) => error.code);
    await expect.poll(failed, PATIENCE).toEqual(['pbx_unreachable']);
    const [error] = (await click()).errors;
    expect(error?.error.message).toContain('EMFILE');

    limit(4096);
    await expect.poll(async () => (await click()).status, PATIENCE).toBe('success');
    await expect.poll(async () => (await fetch(`${gateway.url}/healthz`)).status, PATIENCE).toBe(200);
    expect(gateway.pid).toBe(pid);
    const ids = (await everyCall(gateway)).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(taken));
  },
);
