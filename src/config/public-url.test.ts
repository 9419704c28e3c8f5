import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { publicUrlOf } from './public-url.ts';

describe('where a server is most likely reached', () => {
  it.each([
    [{}, 'http://127.0.0.1:8080'],
    [{ C2C_HOST: '0.0.0.0', C2C_HTTP_PORT: '80' }, 'http://127.0.0.1:80'],
    [{ C2C_HOST: '::' }, 'http://127.0.0.1:8080'],
    [{ C2C_HOST: 'fd00::5' }, 'http://[fd00::5]:8080'],
    [
      { C2C_HOST: 'pbx.example.net', C2C_HTTPS_PORT: '8443', C2C_TLS_CERT: 'a.pem', C2C_TLS_KEY: 'a.key' },
      'https://pbx.example.net:8443',
    ],
    [{ C2C_HOST: '::', C2C_PUBLIC_URL: 'https://c2c.example.net' }, 'https://c2c.example.net'],
  ])('with %j is %s', (environment, url) => {
    expect(publicUrlOf(readConfig(environment))).toBe(url);
  });
});
