import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProtocolFault } from '../wire/link-ended.ts';
import { EslFramer } from './framer.ts';
import { EslEvent, EslMessage } from './message.ts';

const JOB = 'Event-Name: BACKGROUND_JOB\nJob-UUID: 7\nContent-Length: 15\n\n-ERR USER_BUSY\n';

describe('EslFramer', () => {
  it('finds the same messages however the bytes are cut', () => {
    const wire = Buffer.from(
      'Content-Type: auth/request\n\n' +
        'Content-Type: command/reply\nReply-Text: +OK accepted\n\n' +
        `Content-Length: ${JOB.length}\nContent-Type: text/event-plain\n\n${JOB}` +
        'Content-Type: api/response\nContent-Length: 5\n\nZoë\n' +
        'Content-Type: command/reply\nReply-Text: -ERR permission denied\n\n',
    );
    fc.assert(
      fc.property(fc.array(fc.nat(wire.length)), (cuts) => {
        const framer = new EslFramer();
        const edges = [0, ...cuts.sort((a, b) => a - b), wire.length];
        const messages = edges.slice(1).flatMap((edge, i) => framer.push(wire.subarray(edges[i], edge)));
        expect(messages.map(({ type, text }) => [type, text])).toEqual([
          ['auth/request', ''],
          ['command/reply', '+OK accepted'],
          ['text/event-plain', JOB],
          ['api/response', 'Zoë\n'],
          ['command/reply', '-ERR permission denied'],
        ]);
      }),
    );
  });

  it('gives up on what is no Event Socket, on a head without end and on a body too large', () => {
    const push = (text: string) => () => new EslFramer().push(Buffer.from(text));
    expect(push('SSH-2.0-OpenSSH_9.2\r\n')).toThrow(/SSH-2\.0/);
    expect(push(`Content-Type: ${'x'.repeat(20_000)}`)).toThrow(ProtocolFault);
    expect(push('Content-Type: api/response\nContent-Length: 2000000\n\n')).toThrow(
      /more than 1048576 bytes/,
    );
    expect(push('Content-Type: api/response\nContent-Length: -1\n\n')).toThrow(/no number/);
    expect(push('Content-Type: api/response\nContent-Length: 1e3\n\n')).toThrow(/no number/);
  });

  it('never throws anything else, whatever comes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array)),
      fc
        .array(fc.constantFrom('Content-', 'Length: ', 'Type: ', '5', '\n', '\n\n', 'a', 'api/response'), {
          maxLength: 12,
        })
        .map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 20 }), (chunks) => {
        const framer = new EslFramer();
        try {
          for (const chunk of chunks)
            for (const message of framer.push(chunk)) new EslEvent(message.body).toData();
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolFault);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('EslMessage', () => {
  it('reads headers by any case, the first of a repeated one', () => {
    const message = new EslMessage(
      'Content-type: command/reply\nReply-Text:  two\nA: 1\nA: 2',
      Buffer.alloc(0),
    );
    expect(message.type).toBe('command/reply');
    expect(message.get('reply-text')).toBe(' two');
    expect(message.toData()).toEqual({
      'Content-type': 'command/reply',
      'Reply-Text': ' two',
      A: ['1', '2'],
    });
  });

  it('holds hostile header names as data', () => {
    const data = new EslMessage('__proto__: x\nconstructor: y', Buffer.alloc(0)).toData();
    expect(Object.keys(data)).toEqual(['__proto__', 'constructor']);
  });
});

describe('EslEvent', () => {
  it('reads URL encoding and the body of a job', () => {
    const event = new EslEvent(Buffer.from(JOB.replace('7', 'a%20b%C3%A4%FF')));
    expect(event.get('Event-Name')).toBe('BACKGROUND_JOB');
    expect(event.get('Job-UUID')).toBe('a bä\uFFFD');
    expect(event.body).toBe('-ERR USER_BUSY\n');
    expect(event.toData()).toMatchObject({ 'Event-Name': 'BACKGROUND_JOB', body: '-ERR USER_BUSY\n' });
  });

  it('finds no field within the body or within the name of another', () => {
    const event = new EslEvent(Buffer.from('Caller-Unique-ID: 1\n\nUnique-ID: 2\n'));
    expect(event.get('Unique-ID')).toBeUndefined();
    expect(event.get('Caller-Unique-ID')).toBe('1');
  });
});
