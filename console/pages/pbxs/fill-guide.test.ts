import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillGuide } from './fill-guide.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../src/pbx/asterisk-ami/guide.md'), 'utf8');
const empty = { name: '', account: 'acme', typed: {}, here: 'click.example.net' };

describe('fillGuide', () => {
  it('puts what was typed where it is to be pasted', () => {
    const typed = { username: 'clicker', secret: "a$&b$'", host: '192.0.2.7' };
    const filled = fillGuide(guide, { name: 'Head office', account: 'shop', typed, here: '192.0.2.1' });
    expect(filled).toContain('[clicker]');
    expect(filled).toContain("secret = a$&b$'");
    expect(filled).toContain('permit = 192.0.2.1/255.255.255.255');
    expect(filled).toContain('--account shop --name "Head office"');
    expect(filled).toContain('--set host=192.0.2.7');
    expect(filled).not.toMatch(/<a long random|acme|pbx\.example/);
  });

  it('leaves the places of what is not known yet', () => {
    expect(fillGuide(guide, empty)).toBe(guide);
  });
});
