import { describe, expect, it } from 'vitest';
import { manifest } from './asterisk-ami/manifest.ts';
import { readSettings, splitSecrets } from './settings.ts';

const GIVEN = { host: 'pbx.example.net', username: 'c2c', secret: 'hush-1' };

function problems(given: Record<string, string>): readonly string[] {
  const reading = readSettings(manifest, given);
  return reading.ok ? [] : reading.problems;
}

describe('readSettings', () => {
  it('fills in the defaults, so that host, username and secret are enough for a plain Asterisk', () => {
    expect(readSettings(manifest, GIVEN)).toMatchObject({
      ok: true,
      settings: { ...GIVEN, port: 5038, tls: false, first_channel: 'PJSIP/{first}', calls_in_progress: 40 },
    });
  });

  it('lets a preset bring values along, and what was given go before them', () => {
    expect(readSettings(manifest, { ...GIVEN, preset: 'freepbx' })).toMatchObject({
      settings: { first_channel: 'Local/{first}@originate-skipvm/n', caller_id: 'extension' },
    });
    expect(
      readSettings(manifest, { ...GIVEN, preset: 'freepbx', first_channel: 'PJSIP/{first}' }),
    ).toMatchObject({
      settings: { first_channel: 'PJSIP/{first}', caller_id: 'extension' },
    });
  });

  it('reads typed values by their types', () => {
    expect(
      readSettings(manifest, { ...GIVEN, port: '5039', tls: 'yes', originates_per_second: '2.5' }),
    ).toMatchObject({
      settings: { port: 5039, tls: true, originates_per_second: 2.5 },
    });
  });

  it('names every setting that is wrong, and what would be right', () => {
    expect(
      problems({ hsot: 'x', port: '70000', tls: 'maybe', preset: 'pbx', username: 'a\r\nb', secret: 's' }),
    ).toEqual([
      '"hsot" is no setting of asterisk-ami; did you mean host?',
      'host is missing: Name or address of the Asterisk.',
      expect.stringMatching(/^port can not be "70000"; give a whole number from 1 to 65535\./),
      expect.stringMatching(/^username can not be "a\\r\\nb"; give what matches /),
      expect.stringMatching(/^tls can not be "maybe"; give true or false\./),
      expect.stringMatching(/^preset can not be "pbx"; give one of plain, freepbx\./),
    ]);
  });

  it('does not repeat a secret, also where it is wrong', () => {
    expect(problems({ ...GIVEN, secret: 'hush\n2' }).join()).not.toContain('hush');
  });

  it.each(['PJSIP/{first},x', 'PJSIP/{first}&PJSIP/999', '${SHELL(id)}', 'PJSIP'])(
    'takes %s for no channel',
    (form) => {
      expect(problems({ ...GIVEN, first_channel: form })).toHaveLength(1);
    },
  );
});

describe('splitSecrets', () => {
  it('keeps secrets apart', () => {
    const reading = readSettings(manifest, GIVEN);
    const { open, secret } = splitSecrets(manifest, reading.ok ? reading.settings : {});
    expect(secret).toEqual({ secret: 'hush-1' });
    expect(JSON.stringify(open)).not.toContain('hush');
  });
});
