import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerFields } from '../../kit/header-lines.ts';
import { ProtocolFault } from '../wire/link-ended.ts';
import { AmiFramer } from './framer.ts';
import { AmiMessage } from './message.ts';

const GREETING = 'Asterisk Call Manager/11.0.0\r\n';
const ALL = { names: new Set(['Hangup']), about: '' };

describe('AmiFramer', () => {
  it('finds the same messages however the bytes are cut', () => {
    const messages = [
      'Response: Success\r\nActionID: 1\r\nMessage: Originate successfully queued',
      'Event: Hangup\r\nUniqueid: c2c-1\r\nCause-txt: Zoë hung up',
      'Event: Newchannel\r\nUniqueid: c2c-7',
      'Event: Hangup\r\nUniqueid: 1795614605.1\r\nCause-txt: Not ours',
      'Response: Error\r\nActionID: 2',
    ];
    const wire = Buffer.from(`${GREETING}${messages.map((message) => `${message}\r\n\r\n`).join('')}`);
    fc.assert(
      fc.property(fc.array(fc.nat(wire.length)), (cuts) => {
        const framer = new AmiFramer({ names: new Set(['Hangup']), about: 'c2c-' });
        const edges = [0, ...cuts.sort((a, b) => a - b), wire.length];
        const results = edges.slice(1).map((edge, i) => framer.push(wire.subarray(edges[i], edge)));
        expect(results.map((result) => result.greeting).filter(Boolean)).toEqual(['11.0.0']);
        expect(results.flatMap((result) => result.messages)).toEqual([messages[0], messages[1], messages[4]]);
      }),
    );
  });

  it('gives up on what is no Asterisk, and on a message without end', () => {
    const all = () => new AmiFramer(ALL);
    expect(() => all().push(Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'))).toThrow(/SSH-2\.0/);
    expect(() => all().push(Buffer.from(`Asterisk Call Manager/${'1'.repeat(300)}`))).toThrow(ProtocolFault);
    const framer = all();
    framer.push(Buffer.from(GREETING));
    expect(() => framer.push(Buffer.alloc(300 * 1024, 'x'))).toThrow(ProtocolFault);
  });

  it('never throws anything else, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }),
        fc.boolean(),
        (chunks, greeted) => {
          const framer = new AmiFramer(ALL);
          if (greeted) framer.push(Buffer.from(GREETING));
          try {
            for (const chunk of chunks)
              framer.push(Buffer.from(chunk)).messages.map((raw) => headerFields(raw));
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolFault);
          }
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

describe('AmiMessage', () => {
  it('reads headers by any case, the first of a repeated one, and keeps further blanks', () => {
    const message = new AmiMessage(
      'Response: Success\r\nvalue:  two \r\nVariable: a=1\r\nVariable: b=2\r\nno header',
    );
    expect(message.get('Value')).toBe(' two ');
    expect(message.get('VARIABLE')).toBe('a=1');
    expect(message.get('Message')).toBeUndefined();
    expect(headerFields(message.raw)).toEqual({
      Response: 'Success',
      value: ' two ',
      Variable: ['a=1', 'b=2'],
    });
  });

  it('holds hostile header names as data', () => {
    expect(Object.keys(headerFields('__proto__: x\r\nconstructor: y'))).toEqual(['__proto__', 'constructor']);
  });
});
