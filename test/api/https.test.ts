import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { asteriskRoot } from '../lab/asterisk-root.ts';
import { makeCertificate } from '../lab/certificate.ts';
import { startSandboxGateway } from '../gateway.ts';

it('HTTPS beside HTTP makes the same calls, and errors then lead to HTTPS', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'c2c-tls-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { openssl } = await asteriskRoot();
  const { certificate, key } = await makeCertificate(openssl, folder);
  await using gateway = await startSandboxGateway({
    C2C_HTTPS_PORT: '0',
    C2C_TLS_CERT: certificate,
    C2C_TLS_KEY: key,
  });
  const secure = gateway.urls.find((url) => url.startsWith('https:')) ?? '';
  const path = `/c2c/v2?dial_first=101&dial_second=102&api_key=${gateway.key}`;
  const { answer, headers } = await get(`${secure}${path}`);
  expect(answer).toMatchObject({ response: { status: 'success' } });
  expect(headers['strict-transport-security']).toBe('max-age=31536000');
  const failed = await get(`${secure}${path.replace('102', '999999')}`);
  expect(failed.answer.response.errors[0]?.error.url).toMatch(new RegExp(`^${secure}/c2c/v2/errors/`));
  expect((await gateway.click({ dial_first: '102', dial_second: '103' })).response.status).toBe('success');
});

/** The certificate is this test's own: that it is encrypted is what matters, not by whom. */
function get(url: string): Promise<{ answer: CallResponse; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    request(url, { rejectUnauthorized: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () =>
        resolve({ answer: JSON.parse(text) as CallResponse, headers: response.headers }),
      );
    })
      .on('error', reject)
      .end();
  });
}
