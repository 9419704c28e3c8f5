import { describe, expect, it } from 'vitest';
import { ALL_RIGHTS } from './limits.ts';
import { AccessError, readRights, type RightsInput } from './read-rights.ts';

const NOW = 1_795_435_200_000_000;

function problems(input: RightsInput): string[] {
  try {
    readRights(input, NOW);
    return [];
  } catch (error) {
    if (error instanceof AccessError) return error.problems.map(({ field }) => field);
    throw error;
  }
}

describe('the rights of a key', () => {
  it('are all of them where nothing is said', () => {
    expect(readRights({}, NOW)).toEqual(ALL_RIGHTS);
  });

  it('are read as people write them, each once', () => {
    expect(
      readRights(
        {
          scopes: ['calls:create', 'calls:create'],
          allow_first: ['1XX', '101', '(1) 01'],
          allow_to: ['+49 *'],
          allow_ip: ['10.0.0.5', 'fd00::/8'],
          allow_origin: ['https://WWW.example.net:443/', 'http://localhost:3000'],
          expires_at: '2027-01-31T00:00:00+01:00',
          per_minute: 5,
        },
        NOW,
      ),
    ).toEqual({
      kind: 'live',
      scopes: ['calls:create'],
      limits: {
        allowFirst: ['1xx', '101'],
        allowTo: ['+49*'],
        allowIp: ['10.0.0.5/32', 'fd00::/8'],
        allowOrigin: ['https://www.example.net', 'http://localhost:3000'],
        perMinute: 5,
      },
      expiresAtMicros: Date.parse('2027-01-30T23:00:00Z') * 1000,
    });
  });

  it.each<[RightsInput, string[]]>([
    [{ scopes: [] }, ['scopes']],
    [{ scopes: ['calls:make'] }, ['scopes']],
    [{ scopes: ['constructor'] }, ['scopes']],
    [{ allow_first: ['1[0-9]'] }, ['allow_first']],
    [{ allow_ip: ['10.0.0.0/33', 'example.net'] }, ['allow_ip', 'allow_ip']],
    [{ allow_origin: ['*'] }, ['allow_origin']],
    [{ allow_origin: ['null'] }, ['allow_origin']],
    [{ allow_origin: ['https://a.example/path'] }, ['allow_origin']],
    [{ allow_origin: ['https://u@a.example'] }, ['allow_origin']],
    [{ allow_origin: ['file:///'] }, ['allow_origin']],
    [{ expires_at: '2020-01-01T00:00:00Z' }, ['expires_at']],
    [{ expires_at: 'tomorrow' }, ['expires_at']],
    [{ per_minute: 0, at_once: 1.5 }, ['per_minute', 'at_once']],
    [{ kind: 'publishable' }, ['allow_origin']],
    [{ kind: 'publishable', scopes: ['keys:manage'] }, ['scopes', 'allow_origin']],
  ])('%j are wrong in %j', (input, fields) => {
    expect(problems(input)).toEqual(fields);
  });
});
