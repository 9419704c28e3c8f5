import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { fillIn, INTEGRATIONS } from '../../contract/integrations.ts';
import { startSandboxGateway, type SandboxGateway } from '../gateway.ts';
import { limitedKey } from './keys/limited-key.ts';

const DOLIBARR = 'https://dolibarr.example.net';
const PAGE = readFileSync(join(import.meta.dirname, '../../docs/integrations.md'), 'utf8');

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** What is to be pasted there, with the key in its place. */
function pasted(id: string, key: string): readonly string[] {
  const filling = { url: gateway.url, key, extension: '101' };
  const { fields } = INTEGRATIONS.find((each) => each.id === id) ?? { fields: [] };
  return fields.map(({ value }) => fillIn(value, filling));
}

async function statusOf(response: Promise<Response>) {
  const answer = await response;
  const body = (await answer.json()) as CallResponse;
  return { ...body.response, readableBy: answer.headers.get('access-control-allow-origin') };
}

/** As PHP's `urlencode` writes a text. */
function urlencode(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+');
}

describe('a call out of another program, by what is written for it', () => {
  it('is made by Dolibarr, in the browser, with the token that it adds', async () => {
    const key = await limitedKey(gateway, { allow_origin: [DOLIBARR], allow_first: ['101'] });
    const [mask = '', phone = '', password = ''] = pasted('dolibarr', key);
    // It goes through a sprintf first.
    expect(mask).not.toContain('%');
    const url = mask
      .replace('__PHONEFROM__', urlencode(phone))
      .replace('__PHONETO__', urlencode('102'))
      .replace('__PASS__', urlencode(password));
    const made = await statusOf(fetch(`${url}&token=canary-csrf`, { headers: { origin: DOLIBARR } }));
    expect(made).toMatchObject({ status: 'success', errors: [], readableBy: DOLIBARR });
    const written = JSON.stringify(await gateway.status(made.request_id));
    expect(written).toContain('token=***');
    expect(written).not.toContain('canary-csrf');
  });

  it('is made by Vtiger, as a form', async () => {
    const key = await limitedKey(gateway, { allow_first: ['1xx'], allow_to: ['10x'] });
    const [url = '', apiKey = '', phone = ''] = pasted('vtiger', key);
    const body = new URLSearchParams({ api_key: apiKey, dial_first: phone, dial_second: '103' });
    expect(await statusOf(fetch(url, { method: 'POST', body }))).toMatchObject({ status: 'success' });
  });

  it('is made by Zoho, which posts the number by its own name as well', async () => {
    const key = await limitedKey(gateway, { allow_first: ['101'] });
    const [url = '', , parameters = ''] = pasted('zoho', key);
    const named = [...parameters.matchAll(/\{name:(\w+),value:'([^']*)'\}/g)].map(
      ([, name = '', value = '']): [string, string] => [name, value.replace('{to}', '104')],
    );
    expect(named.map(([name]) => name)).toEqual(['api_key', 'dial_first', 'dial_second', 'ignore']);
    const body = new URLSearchParams([...named, ['tonumber', '104']]);
    expect(await statusOf(fetch(url, { method: 'POST', body }))).toMatchObject({ status: 'success' });
  });

  it('is made by Thunderbird with TBDialOut, also with a plus', async () => {
    const key = await limitedKey(gateway, { allow_first: ['101'], allow_to: ['+1555*', '106'] });
    const [mask = '', plus = ''] = pasted('tbdialout', key);
    const dialled = (number: string) => {
      const digits = number.replace(/[^0-9*#]/g, '');
      return mask.replace('%NUM%', encodeURIComponent(number.startsWith('+') ? plus + digits : digits));
    };
    expect(await statusOf(fetch(dialled('1-06')))).toMatchObject({ status: 'success' });
    const abroad = await statusOf(fetch(`${dialled('+1 (555) 123-4567')}&explain=1`));
    expect(abroad).toMatchObject({ explanation: { dial_second: { dialled: '+15551234567' } } });
  });

  it.each(INTEGRATIONS)(
    '$name is written down, word by word, with its key',
    ({ name, fields, key, where }) => {
      expect(PAGE).toContain(`## ${name}`);
      for (const { value } of fields) expect(PAGE).toContain(value);
      for (const words of [key, where]) expect(PAGE.replace(/\s+/g, ' ')).toContain(words);
    },
  );
});
