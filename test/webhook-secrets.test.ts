import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { testCli, words } from '../src/cli/test-cli.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };
const cli = await testCli();
const secrets: string[] = [];

/** A receiver that says all that it knows to whoever asks: what was sent to it, and the secrets that it was given. */
const receiver = createServer((request, response) => {
  request.resume();
  response.writeHead(500, { 'x-secret': secrets.join(), location: `/?${secrets.join()}` });
  response.end(`${JSON.stringify(request.headers)} ${secrets.join(' ')}`);
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
afterAll(() => receiver.close().closeAllConnections());

interface Sent {
  readonly status: number;
  readonly body: {
    readonly id?: string;
    readonly secret?: string;
    readonly items?: readonly { readonly id: string }[];
  };
}

/** As it is, without the beginning by which it is known, and as it goes into URLs and dumps. */
function formsOf(secret: string): string[] {
  const bytes = secret.slice('whsec_'.length);
  return [secret, bytes, encodeURIComponent(bytes), Buffer.from(bytes, 'base64').toString('hex')];
}

it(
  "finds webhooks' secrets in nothing that was written but the answers that give them",
  { timeout: 120_000 },
  async () => {
    const written: string[] = [];
    const run = async (line: string) => {
      const { stdout, stderr } = await cli.run(words(line), { env: { C2C_LOG_LEVEL: 'debug' } });
      return { stdout, noted: () => void written.push(`${line.slice(0, 24)}: ${stdout} ${stderr}`) };
    };
    (await run('account create --name acme')).noted();
    const key = (await run('key create --account acme --label hunt')).stdout.trim();
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const added = await run(`webhook add --account acme --url ${url} --json`);
    secrets.push((JSON.parse(added.stdout) as { secret: string }).secret);

    const server = await cli.serve([], { C2C_LOG_LEVEL: 'debug' });
    const send = async (method: string, path: string, input?: unknown): Promise<Sent> => {
      const response = await fetch(server.url + path, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(input !== undefined && { body: JSON.stringify(input) }),
      });
      const text = await response.text();
      const body = (text === '' ? {} : JSON.parse(text)) as Sent['body'];
      // Its answer is the secret; nothing else may be it.
      if (body.secret === undefined)
        written.push(`${method} ${path.slice(0, 40)}: ${text} ${JSON.stringify([...response.headers])}`);
      else secrets.push(body.secret);
      return { status: response.status, body };
    };
    const { id = '' } = (await send('POST', '/v3/webhooks', { url, label: 'hunt' })).body;
    const here = `/v3/webhooks/${id}`;
    expect((await send('POST', `${here}/rotate_secret`)).status).toBe(200);
    expect(secrets).toHaveLength(3);
    expect((await send('POST', `${here}/test`)).status).toBeLessThan(300);
    const tried = async () => JSON.stringify((await send('GET', `${here}/deliveries`)).body);
    await expect.poll(tried, PATIENCE).toContain('whsec_***');
    const [delivery] = (await send('GET', `${here}/deliveries`)).body.items ?? [];
    await send('GET', `${here}/deliveries/${delivery?.id}`);
    await send('POST', `${here}/deliveries/${delivery?.id}/resend`);

    for (const secret of secrets) await everyWrongPlace(secret, here, send);
    for (const path of ['/v3/webhooks', here, `${here}/deliveries`, '/v3/audit', '/v3/calls', '/v3/keys'])
      await send('GET', path);
    for (const line of ['webhook list --account acme --json', 'audit list --json', 'rekey'])
      (await run(line)).noted();
    server.signal('SIGTERM');
    const { stdout, stderr } = await server.ended;
    written.push(`log: ${stdout}${stderr}`);
    for (const file of await readdir(cli.dataDir, { recursive: true, withFileTypes: true }))
      if (file.isFile())
        written.push(`${file.name}: ${await readFile(join(file.parentPath, file.name), 'latin1')}`);

    expect(written.length).toBeGreaterThan(40);
    const found = secrets.flatMap((secret) =>
      formsOf(secret).flatMap((form) =>
        written.flatMap((text) => {
          const at = text.indexOf(form);
          return at < 0 ? [] : [`${text.slice(0, 40)} … ${text.slice(Math.max(0, at - 100), at + 20)}`];
        }),
      ),
    );
    expect(found).toEqual([]);
  },
);

/** Where somebody could paste one by mistake. */
async function everyWrongPlace(
  secret: string,
  webhook: string,
  send: (method: string, path: string, input?: unknown) => Promise<Sent>,
): Promise<void> {
  const inUrl = encodeURIComponent(secret);
  await send('GET', `/c2c/v2?dial_first=${inUrl}&dial_second=${inUrl}&pbx=${inUrl}&${inUrl}`);
  await send('GET', `/c2c/v2?api_key=${inUrl}`);
  await send('POST', '/c2c/v2', { dial_first: secret, dial_second: secret, [secret]: secret });
  await send('POST', '/v3/calls', { dial_first: secret, dial_second: secret, reference: secret });
  await send('POST', '/v3/webhooks', { url: secret, [secret]: secret });
  await send('PATCH', webhook, { label: `secret: ${secret}` });
  await send('PATCH', webhook, { types: [secret] });
  await send('GET', `/v3/webhooks/${inUrl}`);
  await send('POST', '/v3/keys', { label: secret });
}
