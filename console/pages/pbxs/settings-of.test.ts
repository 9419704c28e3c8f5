import { describe, expect, it } from 'vitest';
import { changesOf, settingsOf, typedOf, type Setting } from './settings-of.ts';

const setting = (name: string, type: Setting['type'], more: Partial<Setting> = {}): Setting => ({
  name,
  label: name,
  help: '',
  type,
  required: false,
  secret: false,
  default: null,
  choices: null,
  pattern: null,
  min: null,
  max: null,
  ...more,
});

const SETTINGS = [
  setting('host', 'text', { required: true }),
  setting('port', 'integer', { default: 5038 }),
  setting('secret', 'text', { secret: true }),
  setting('tls', 'boolean', { default: false }),
];

describe('the settings of a form', () => {
  it('shows what differs from what it is by itself, and no secret', () => {
    const values = { host: 'pbx', port: 5038, secret: '***', tls: true };
    expect(typedOf(SETTINGS, values)).toEqual({ host: 'pbx', tls: 'true' });
  });

  it('sends what was filled in, as what it is', () => {
    const typed = { host: 'pbx', port: '5039', secret: '', tls: 'false', other: 'x' };
    expect(settingsOf(SETTINGS, typed)).toEqual({ host: 'pbx', port: 5039, tls: false });
    expect(settingsOf(SETTINGS, { port: 'many' })).toEqual({ port: 'many' });
  });

  it('changes what was changed alone, clears what was emptied, and leaves an untouched secret', () => {
    const before = { host: 'pbx', port: '5039' };
    expect(changesOf(SETTINGS, before, before)).toEqual({});
    expect(changesOf(SETTINGS, before, { host: 'other', port: '', secret: '' })).toEqual({
      host: 'other',
      port: null,
    });
    expect(changesOf(SETTINGS, before, { ...before, secret: 'new' })).toEqual({ secret: 'new' });
  });
});
