import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Client as Database } from 'pg';
import { afterAll, expect, it } from 'vitest';
import { startAmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess } from '../journeys/gateway.ts';
import { startPostgres } from '../postgres.ts';

const PATIENCE = { timeout: 30_000, interval: 200 };
const LOGIN = { username: 'c2c', secret: 'canary' };
const ORDER = { dial_first: '201', dial_second: '12125100000' };

const postgres = await startPostgres();
afterAll(() => postgres.stop());
const url = new URL(await postgres.createDatabase());

/** Between the service and its database: may lose the link when a COMMIT has been done, before it is said to be. */
let losesCommits = false;
const sockets = new Set<Socket>();
const between = createServer((near) => {
  const far = connect(Number(url.port), '127.0.0.1');
  let isLost = false;
  near.on('data', (bytes) => {
    isLost ||= losesCommits && bytes.includes('COMMIT');
    far.write(bytes);
  });
  far.on('data', (bytes) => (isLost ? near.destroy() : near.write(bytes)));
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    sockets.add(one);
    one.on('error', () => one.destroy()).on('close', () => other.destroy());
  }
}).listen(0, '127.0.0.1');
await once(between, 'listening');
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  between.close();
});

it('a call that was refused because the database was lost as it committed does not stay open', async () => {
  const pbx = await startAmiSandbox({ ...LOGIN, pace: 0.05 });
  afterAll(() => pbx.close());
  const throughIt = new URL(url);
  throughIt.port = String((between.address() as AddressInfo).port);
  const door = { amiPort: pbx.port, amiUsers: { c2c: LOGIN } };
  await using gateway = await startGatewayProcess(door, {
    environment: { C2C_DATABASE_URL: throughIt.href },
  });
  expect((await gateway.click(ORDER)).response.status).toBe('success');

  losesCommits = true;
  const { response } = await gateway.click(ORDER);
  losesCommits = false;
  expect(response.errors.map(({ error }) => error.code)).toEqual(['server_busy']);
  const database = new Database({ connectionString: url.href });
  // Also where a failed test leaves it to the end of the server.
  database.on('error', () => undefined);
  await database.connect();
  const rows = async () => {
    const { rows } = await database.query('SELECT outcome, state, disposition FROM call ORDER BY asked_at');
    return rows as unknown[];
  };
  expect(await rows(), 'it was committed').toHaveLength(2);
  await expect.poll(rows, PATIENCE).toEqual([
    { outcome: 'accepted', state: 'ended', disposition: 'answered' },
    { outcome: 'failed', state: 'ended', disposition: 'failed' },
  ]);
  await database.end();
  expect(pbx.calls(), 'and its phone never rang').toHaveLength(1);
  expect((await gateway.click(ORDER)).response.status).toBe('success');
}, 120_000);
