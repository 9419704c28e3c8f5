import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { headerFields } from '../../src/kit/header-lines.ts';
import { AmiMessage } from '../../src/pbx/asterisk-ami/message.ts';
import { EslMessage } from '../../src/pbx/freeswitch/message.ts';
import { readSettings } from '../../src/pbx/settings.ts';
import { DRIVERS } from '../../src/pbx/registry.ts';
import { decodeReply, itemsOf } from '../../src/pbx/switchvox/decoder.ts';
import { startSandboxGateway, type SandboxGateway } from '../gateway.ts';

/** Names by which a careless program writes into what every object inherits from. */
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  '__proto__.polluted',
  '__proto__[polluted]',
  'toString',
];

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway({ C2C_REPEAT_WINDOW_MS: '0' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const inherited = Object.getOwnPropertyNames(Object.prototype).toSorted();
afterEach(() => {
  const now = Object.getOwnPropertyNames(Object.prototype).toSorted();
  if (now.join() !== inherited.join()) throw new Error(`Every object has something new: ${now.join()}`);
});

describe.each(NAMES)('a parameter %s', (name) => {
  it.each(['query', 'form', 'JSON'])(
    'in a %s is unknown, is written down as it came, and changes nothing',
    async (way) => {
      const pairs = { dial_first: '101', dial_second: '102', api_key: gateway.key };
      const query = `${new URLSearchParams(pairs)}&${encodeURIComponent(name)}=polluted`;
      const json = `{${Object.entries(pairs).map(([key, value]) => `"${key}":"${value}"`)},"${name}":"polluted"}`;
      const response =
        way === 'query'
          ? await fetch(`${gateway.url}/c2c/v2?${query}`)
          : await fetch(`${gateway.url}/c2c/v2`, {
              method: 'POST',
              headers: {
                'content-type': way === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
              },
              body: way === 'form' ? query : json,
            });
      const answer = (await response.json()) as CallResponse;
      expect(answer.response.errors[0]?.error.message).toContain(`${JSON.stringify(name)} is no parameter`);
      const { c2c_status } = await gateway.status(answer.response.request_id);
      expect(JSON.stringify(c2c_status)).toContain('polluted');
      expect((await fetch(answer.response.errors[0]?.error.url ?? '')).status).toBe(200);
    },
  );

  it('is no setting of any PBX', () => {
    for (const { manifest } of DRIVERS) {
      const given = JSON.parse(`{"host":"h","${name}":"polluted"}`) as Record<string, string>;
      const reading = readSettings(manifest, given);
      expect(reading).toMatchObject({ ok: false });
      expect(JSON.stringify(reading)).toContain('is no setting');
    }
  });
});

it('an object in place of a text is refused', async () => {
  const response = await fetch(`${gateway.url}/c2c/v2?api_key=${gateway.key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"dial_first":"101","dial_second":"102","__proto__":{"polluted":true}}',
  });
  const answer = (await response.json()) as CallResponse;
  expect(answer.response.errors[0]?.error.message).toContain('of the type object');
});

it.each(NAMES)('what a PBX calls %s is a name like any other', (name) => {
  expect(Object.entries(headerFields(`${name}: polluted`))).toEqual([[name, 'polluted']]);
  expect(new AmiMessage(`Response: Success\r\n${name}: polluted`).get(name)).toBe('polluted');
  expect(new AmiMessage('Response: Success').get(name)).toBeUndefined();
  expect(new EslMessage(`Content-Type: x\n${name}: polluted`, Buffer.alloc(0)).get(name)).toBe('polluted');
  const json = `{"response":{"method":"m","result":{"${name}":{"polluted":"yes"}},"errors":{"${name}":{"code":"1"}}}}`;
  expect(decodeReply(json, 'json').errors).toEqual([]);
  expect(itemsOf(decodeReply(json, 'json').result, 'polluted')).toEqual([]);
  if (/^\w+$/.test(name)) {
    const xml = `<response method="m"><result><${name} polluted="yes">x</${name}></result></response>`;
    try {
      expect(decodeReply(xml, 'xml').method).toBe('m');
    } catch (error) {
      expect(error).toMatchObject({ name: 'NotAnAnswer' });
    }
  }
});
