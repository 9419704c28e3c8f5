import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeAction, UnsafeHeader, variableHeader } from './encoder.ts';

describe('encodeAction', () => {
  it('writes the lines it was asked for, and an empty one', () => {
    expect(encodeAction('Originate', [['Channel', 'PJSIP/101']])).toBe(
      'Action: Originate\r\nChannel: PJSIP/101\r\n\r\n',
    );
  });

  it('refuses line breaks, whatever field they come in', () => {
    // The request that made FreePBX's click-to-call page run commands in 2012 (EDB-18649).
    const attack = '101\r\nApplication: system\r\nData: id';
    expect(() => encodeAction('Originate', [['Channel', attack]])).toThrow(UnsafeHeader);
    expect(() => encodeAction(attack, [])).toThrow(UnsafeHeader);
    expect(() => encodeAction('Ping', [[attack, 'x']])).toThrow(UnsafeHeader);
    expect(() => variableHeader(attack, 'x')).toThrow(UnsafeHeader);
  });

  it('refuses what Asterisk would drop: a line over 1023 bytes, more than 128 headers', () => {
    expect(() => encodeAction('Ping', [['A', 'ü'.repeat(511)]])).toThrow(/at most 1023 bytes/);
    expect(() =>
      encodeAction(
        'Ping',
        Array.from({ length: 128 }, () => ['A', 'x'] as const),
      ),
    ).toThrow(UnsafeHeader);
  });

  it('emits, for any input whatever, exactly the lines that it was asked for, or nothing', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), nearlyAmi());
    fc.assert(
      fc.property(text, fc.array(fc.tuple(text, text), { maxLength: 6 }), (action, headers) => {
        const wire = attempt(() => encodeAction(action, headers));
        if (wire === undefined) return;
        const asked = [['Action', action] as const, ...headers].map(([name, value]) => `${name}: ${value}`);
        expect(wire).toBe(`${asked.join('\r\n')}\r\n\r\n`);
        expect(wire.split(/\r\n|\n|\r/)).toHaveLength(asked.length + 2);
      }),
      { numRuns: 20_000 },
    );
  });

  it('sets, for any value whatever, one variable to that value and no other', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), nearlyAmi());
    fc.assert(
      fc.property(text, (value) => {
        const wire = attempt(() => encodeAction('Originate', [variableHeader('CALLERID(all)', value)]));
        if (wire === undefined) return;
        expect(splitAsAsterisk(wire.slice(wire.indexOf('=') + 1, -4))).toEqual([value]);
      }),
      { numRuns: 20_000 },
    );
  });
});

/** Text made of the pieces that an attack is made of. */
function nearlyAmi() {
  const pieces = [
    '\r\n',
    '\n',
    '\r',
    '\0',
    'Action: ',
    'System',
    ': ',
    ',',
    '"',
    '\\',
    '(',
    ')',
    '[',
    ']',
    '${',
    '}',
    'a',
  ];
  return fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
}

function attempt(encode: () => string): string | undefined {
  try {
    return encode();
  } catch (error) {
    expect(error).toBeInstanceOf(UnsafeHeader);
    return undefined;
  }
}

/** Asterisk's own reading of a `Variable` value (main/app.c, __ast_app_separate_args). */
function splitAsAsterisk(value: string): string[] {
  const args = [''];
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const char = value[i] ?? '';
    if (char === '\\') args[args.length - 1] += value[++i] ?? '';
    else if (char === '"') quoted = !quoted;
    else if (char === ',' && depth === 0 && !quoted) args.push('');
    else {
      if ('(['.includes(char)) depth++;
      if (')]'.includes(char)) depth--;
      args[args.length - 1] += char;
    }
  }
  return args;
}
