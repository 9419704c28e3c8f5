import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFreeswitchGateway, type FreeswitchGateway } from '../../freeswitch-gateway.ts';
import { ask } from './client.ts';

let gateway: FreeswitchGateway;
beforeAll(async () => {
  gateway = await startFreeswitchGateway();
  const make = (body: object) =>
    ask(gateway, 'POST /v3/calls?wait=ended', { body: { pbx: 'main', ...body } });
  await make({ dial_first: '103', dial_second: '486', reference: '=HYPERLINK("http://evil.example";"x")' });
  await make({ dial_first: '103', dial_second: '410' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function csv(query = '', key = gateway.key): Promise<{ response: Response; lines: string[] }> {
  const response = await fetch(`${gateway.url}/v3/calls.csv${query}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  return { response, lines: (await response.text()).split('\r\n') };
}

describe('GET /v3/calls.csv', () => {
  it('gives every call as a line, newest first, under headings, as a file', async () => {
    const { response, lines } = await csv();
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="calls.csv"');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^id,asked_at,dial_first,dial_second,/);
    expect(lines[1]).toMatch(/,2\d{3}-\d\d-\d\dT[^,]+Z,103,410,.*,ended,answered,/);
    expect(lines[2]).toContain(',103,486,');
    expect(lines[3]).toBe('');
  });

  it("lets no text of anybody's become a formula", async () => {
    const { lines } = await csv('?disposition=busy');
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"";""x"")"`);
  });

  it('takes the filters of the list, and no others', async () => {
    expect((await csv('?search=410')).lines).toHaveLength(3);
    expect((await csv('?limit=5')).response.status).toBe(422);
  });

  it("gives more than a page of calls, and nothing of another account's", async () => {
    const { account, key } = await gateway.addAccount('Many');
    const { journal } = gateway.parts.store;
    const first = await ask<{ items: { id: string }[] }>(gateway, 'GET /v3/calls?limit=1');
    const sample = await journal.callById(first.body.items[0]?.id ?? '');
    if (sample === undefined) throw new Error('There is a call.');
    await Promise.all(
      Array.from({ length: 1_203 }, (_, index) => {
        const id = `${sample.id.slice(0, 24)}${index.toString(16).padStart(12, '0')}`;
        return journal.open({ call: { ...sample, id, tenantId: account.id }, entries: [], tender: 'nobody' });
      }),
    );
    const { lines } = await csv('', key);
    expect(new Set(lines.slice(1, -1).map((line) => line.slice(0, 36))).size).toBe(1_203);
    expect((await csv()).lines).toHaveLength(4);
  });
});
