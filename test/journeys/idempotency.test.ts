import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Call } from '../../contract/v3/call.ts';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess, type GatewayProcess } from './gateway.ts';

const LOGIN = { username: 'c2c', secret: 'lab-secret-of-c2c' };
/** A PBX that takes the order and is slow to say so: time to be killed in. */
const SLOW = { dial_first: '504', dial_second: '102' };

let pbx: AmiSandbox;
let gateway: GatewayProcess;
beforeAll(async () => {
  pbx = await startAmiSandbox(LOGIN);
  gateway = await startGatewayProcess({ amiPort: pbx.port, amiUsers: { c2c: LOGIN } });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await pbx.close();
});

async function create(body: object): Promise<{ status: number; replayed: string | null; call: Call }> {
  const response = await fetch(`${gateway.url}/v3/calls`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${gateway.key}`,
      'content-type': 'application/json',
      'idempotency-key': 'killed',
    },
    body: JSON.stringify(body),
  });
  const call = (await response.json()) as Call;
  return { status: response.status, replayed: response.headers.get('idempotent-replayed'), call };
}

it('kill -9 before the answer: the same key gives the same call, settled by asking the PBX, and nobody is rung again', async () => {
  const cutOff = create(SLOW).catch((error: unknown) => error);
  await expect.poll(() => pbx.calls().length).toBe(1);
  await gateway.kill();
  expect(await cutOff).toBeInstanceOf(Error);
  await gateway.start();
  const again = await Promise.all([create(SLOW), create(SLOW), create(SLOW)]);
  const ids = gateway.callIds();
  expect(ids).toHaveLength(1);
  for (const { status, replayed, call } of again) {
    expect([201, 202]).toContain(status);
    expect(replayed).toBe('true');
    expect(call.id).toBe(ids[0]);
  }
  expect(pbx.calls()).toHaveLength(1);
}, 90_000);
