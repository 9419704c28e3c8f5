import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, describeConfig, readConfig } from './config.ts';

function problems(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).problems;
  }
}

describe('readConfig', () => {
  it('listens on 127.0.0.1 and keeps its data in ./data unless told otherwise', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      httpPort: 8080,
      httpsPort: null,
      dataDir: join(process.cwd(), 'data'),
      databaseUrl: null,
      signup: 'closed',
    });
  });

  it('takes an unknown C2C_ name for an error, and other names for nobody of ours', () => {
    expect(problems({ C2C_HTTP_PROT: '1', PATH: '/bin' })).toEqual([
      'C2C_HTTP_PROT is no setting; did you mean C2C_HTTP_PORT?',
    ]);
  });

  it.each([
    ['C2C_HTTP_PORT', '70000'],
    ['C2C_HTTP_PORT', 'http'],
    ['C2C_HOST', 'a b'],
    ['C2C_DATABASE_URL', 'mysql://x'],
    ['C2C_PUBLIC_URL', 'ftp://x'],
    ['C2C_PUBLIC_URL', 'https://x/?y'],
    ['C2C_MASTER_KEY', 'short'],
    ['C2C_MASTER_KEY', `${'A'.repeat(43)}=,short`],
    ['C2C_REPEAT_WINDOW_MS', '-1'],
    ['C2C_LOG_LEVEL', 'loud'],
    ['C2C_SIGNUP', 'maybe'],
    ['C2C_PBX_NETWORKS', '10.0.0.0/40'],
  ])('refuses %s=%s, and says what would be right', (name, value) => {
    expect(problems({ [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name} can not be .*; give `)),
    ]);
  });

  it('names everything that is wrong at once, and repeats no secret', () => {
    const all = problems({ C2C_HTTP_PORT: 'x', C2C_MASTER_KEY: 'hush', C2C_HTTPS_PORT: '443' });
    expect(all).toHaveLength(3);
    expect(all.join()).not.toContain('hush');
    expect(all.join()).toContain('C2C_TLS_CERT');
  });

  it('is described with the secrets masked', () => {
    const shown = describeConfig({ C2C_DATABASE_URL: 'postgres://u:hush@db/x', C2C_HOST: '::1' });
    expect(JSON.stringify(shown)).not.toContain('hush');
    expect(shown).toContainEqual(
      expect.objectContaining({ name: 'C2C_HOST', value: '::1', default: '127.0.0.1' }),
    );
  });
});
