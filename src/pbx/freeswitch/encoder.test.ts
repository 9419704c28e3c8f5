import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { separateAtBlanks, separateBrackets, separateInline } from '../sandbox/freeswitch/separate-string.ts';
import * as encoder from './encoder.ts';
import { UnsafeValue, type Variable } from './encoder.ts';

describe('encodeCommand', () => {
  it('writes the line, its headers, and an empty line', () => {
    expect(encoder.encodeCommand('bgapi originate x', [['Job-UUID', '1']])).toBe(
      'bgapi originate x\nJob-UUID: 1\n\n',
    );
  });

  it('emits, for any input whatever, exactly the lines that it was asked for, or nothing', () => {
    fc.assert(
      fc.property(
        anything(),
        fc.array(fc.tuple(anything(), anything()), { maxLength: 4 }),
        (line, headers) => {
          const wire = attempt(() => encoder.encodeCommand(line, headers));
          if (wire === undefined) return;
          const asked = [line, ...headers.map(([name, value]) => `${name}: ${value}`)];
          expect(wire.split(/\r\n|\n|\r/)).toEqual([...asked, '', '']);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('refuses what FreeSWITCH need not read: a command over 8 kilobytes', () => {
    expect(() => encoder.encodeCommand('ü'.repeat(5_000))).toThrow(/at most 8192 bytes/);
  });
});

describe('apiLine', () => {
  it('gives, for any argument whatever, exactly the words that it was asked for, or nothing', () => {
    fc.assert(
      fc.property(fc.array(anything(), { minLength: 1, maxLength: 3 }), (words) => {
        const line = attempt(() => encoder.apiLine('user_data', ...words));
        if (line === undefined) return;
        expect(separateAtBlanks(line, 10)).toEqual(['api', 'user_data', ...words]);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('an originate', () => {
  it('refuses what would add a variable, a leg, a function or a command', () => {
    const attacks = [
      'x,origination_caller_id_number=900',
      'x;toll_allow=international',
      "x'",
      'x}user/102',
      'x\\',
      '${system(id)}',
      '$${domain}',
      '^^:a=1:b=2',
      'user/101|user/102',
      'a\nuuid_kill x',
      '[a=b]',
      '<a=b>',
      'x"',
      ' x',
      '',
    ];
    for (const attack of attacks.filter((each) => !each.startsWith('x,'))) {
      expect(() => encoder.dialString([['accountcode', attack]], 'user/101@pbx.test'), attack).toThrow(
        UnsafeValue,
      );
      expect(() => encoder.inlineApplications([encoder.set('accountcode', attack)]), attack).toThrow(
        UnsafeValue,
      );
    }
    for (const attack of [...attacks, 'user/101:_:user/102', 'user/101,user/102']) {
      expect(() => encoder.dialString([], attack), attack).toThrow(UnsafeValue);
      expect(() => encoder.transfer(attack, 'default'), attack).toThrow(UnsafeValue);
      expect(() => encoder.transfer('101', attack), attack).toThrow(UnsafeValue);
      expect(() => encoder.inlineApplications([['system', attack]]), attack).toThrow(UnsafeValue);
    }
  });

  it('keeps the commas of a list, and the blanks and letters of a name', () => {
    const values: Variable[] = [
      ['toll_allow', 'domestic,international,local'],
      ['effective_caller_id_name', 'Zoë O’Brien 李'],
    ];
    expect(readBack(values, 'user/101@pbx.test', [])).toMatchObject({ variables: values });
  });

  it('sets, for any values whatever, exactly these variables and rings exactly this channel, or is not sent', () => {
    let sent = 0;
    const name = fc.constantFrom('origination_uuid', 'toll_allow', 'effective_caller_id_name', 'accountcode');
    const some = fc.oneof(values(name, anything()), values(name, harmless()));
    const endpoint = fc.oneof(anything(), fc.constant('user/101@pbx.test'));
    fc.assert(
      fc.property(some, endpoint, some, (variables, channel, sets) => {
        const read = attempt(() => readBack(variables, channel, sets));
        if (read === undefined) return;
        sent++;
        expect(read).toEqual({
          pieces: 3,
          variables,
          rest: channel,
          applications: sets.map(([key, value]) => ['set', `${key}=${value}`]),
          dialplan: 'inline',
        });
      }),
      { numRuns: 8_000 },
    );
    // Else it would prove that nothing can be sent.
    expect(sent).toBeGreaterThan(500);
  });

  it('goes on, for any number and context whatever, to exactly these, or is not sent', () => {
    fc.assert(
      fc.property(anything(), anything(), (number, context) => {
        const text = attempt(() => encoder.inlineApplications([encoder.transfer(number, context)]));
        if (text === undefined) return;
        const [application] = separateInline(separateAtBlanks(text, 2)[0] ?? '');
        expect(application).toEqual(['transfer', `${number} XML ${context}`]);
        expect(separateAtBlanks(application?.[1] ?? '', 4)).toEqual([number, 'XML', context]);
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Writes an originate and takes it apart by FreeSWITCH's own rules. */
function readBack(variables: readonly Variable[], endpoint: string, sets: readonly Variable[]) {
  const dial = encoder.dialString(variables, endpoint);
  const inline = encoder.inlineApplications(sets.map(([name, value]) => encoder.set(name, value)));
  const [, ...pieces] = separateAtBlanks(`originate ${dial} ${inline} inline`, 20);
  const [dialled = '', applications = '', dialplan] = pieces;
  return {
    pieces: pieces.length,
    ...separateBrackets(dialled),
    applications: separateInline(applications),
    dialplan,
  };
}

function values(name: fc.Arbitrary<string>, value: fc.Arbitrary<string>) {
  return fc.array(fc.tuple(name, value), { maxLength: 4 });
}

/** Any text, and text made of the pieces that an attack is made of. */
function anything() {
  const signs = Array.from('\r\n\0\t ,;:|\'"\\{}[]()<>$^&=_@/');
  const pieces = [...signs, '^^;', '${', ':_:', 'm:^:', 'user/', 'set:', 'a', '1', 'é'];
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join('')),
    harmless(),
  );
}

/** Text that may be sent: it must arrive as it is. */
function harmless() {
  const pieces = ['a', 'Z', '1', ' ', ',', '.', '_', '+', '*', '#', '@', '/', '-', '’', '李', 'é', '\u0301'];
  return fc
    .array(fc.constantFrom(...pieces), { maxLength: 8 })
    .map((parts) => `${parts.join('')}x`.trimStart());
}

function attempt<T>(encode: () => T): T | undefined {
  try {
    return encode();
  } catch (error) {
    expect(error).toBeInstanceOf(UnsafeValue);
    return undefined;
  }
}
