import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startGateway, type Gateway } from '../gateway.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { onlyCall, phoneOf } from './phones.ts';

/** A PBX behind NAT: it connects to us, past its own password, and takes our orders over that. */
let gateway: Gateway;
let lab: Asterisk;
let pbxId: string;
let password: string;

beforeAll(async () => {
  gateway = await startGateway({ C2C_REPEAT_WINDOW_MS: '0' });
  lab = await startAsterisk();
  const { directory } = gateway.parts;
  const pbx = await directory.addPbx(gateway.account.id, 'main', 'asterisk-ari-outbound', {});
  pbxId = pbx.id;
  password = directory.doorKeyOf(pbx) ?? '';
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await lab.stop();
});

const doorUrl = () => `${gateway.url.replace('http', 'ws')}/pbx/ari`;

/** What becomes of an attempt to come in: `open`, or the HTTP status that it was refused with. */
function attempt(username: string, key: string, path = doorUrl()): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(path, 'ari', { auth: `${username}:${key}` });
    socket.on('open', () => {
      resolve('open');
      socket.terminate();
    });
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', () => resolve('error'));
  });
}

it('a click while no connection is up is a clear error at once', async () => {
  const startedAt = Date.now();
  const { response } = await gateway.click({ dial_first: '101', dial_second: '102' });
  expect(response.errors[0]?.error).toMatchObject({ code: 'pbx_unreachable' });
  expect(Date.now() - startedAt).toBeLessThan(5000);
});

it('nobody comes in without the password of that very PBX', async () => {
  const other = await gateway.addAccount('Other');
  const theirs = await gateway.parts.directory.addPbx(other.account.id, 'x', 'asterisk-ari-outbound', {});
  expect(await attempt(pbxId, 'wrong')).toBe('401');
  expect(await attempt(pbxId, gateway.parts.directory.doorKeyOf(theirs) ?? '')).toBe('401');
  expect(await attempt('nobody', password)).toBe('401');
  expect(await attempt(pbxId, gateway.key)).toBe('401');
  expect(await attempt(pbxId, password, doorUrl().replace('/ari', '/else'))).toBe('401');
  expect(await attempt(pbxId, password)).toBe('open');
});

it('the files that are given connect a real Asterisk, whose phones then ring and talk', async () => {
  const { directory, inbound } = gateway.parts;
  const pbx = await directory.pbx(gateway.account.id, 'main');
  const door = { url: doorUrl(), username: pbxId, password };
  const files = directory.driverOf(pbx).files?.(directory.settingsOf(pbx), door) ?? {};
  for (const [name, text] of Object.entries(files)) await writeFile(join(lab.etc, name), text);
  await lab.cli('module reload res_websocket_client.so');
  await lab.cli('module reload res_ari.so');
  await expect.poll(() => inbound.connected(), { timeout: 10_000 }).toEqual([pbxId]);

  await using alice = await phoneOf(lab, '101');
  await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 500 });
  const { response, method } = await gateway.click({ dial_first: '101', dial_second: '102' });
  expect({ status: response.status, errors: response.errors, method }).toEqual({
    status: 'success',
    errors: [],
    method: 'asterisk.call',
  });
  expect(onlyCall(await alice.result()).invite.shown).toEqual({ name: 'Call to', number: '102' });
  expect(onlyCall(await bob.result()).invite.shown).toEqual({ name: 'Alice', number: '101' });
  const { c2c_status } = await gateway.status(response.request_id);
  expect(JSON.stringify(c2c_status)).not.toContain(password);
});

it('a PBX that is removed is let in no more', async () => {
  await gateway.parts.directory.removePbx(gateway.account.id, 'main');
  expect(await attempt(pbxId, password)).toBe('401');
  await expect.poll(() => gateway.parts.inbound.connected(), { timeout: 15_000 }).toEqual([]);
});
