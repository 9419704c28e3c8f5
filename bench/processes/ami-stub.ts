/*
 * Speaks just enough AMI to say yes at once: a PBX that costs nothing, so that what is left to measure is us. Unless told
 * otherwise it ends every call as soon as it has taken it, for our bound on calls in progress to let the next one in.
 */
import { createServer, type Socket } from 'node:net';
import { doJobs } from '../kit/jobs.ts';
import { recordedLife, type Telling } from '../kit/recorded-life.ts';

export interface StubJob {
  /** What is told of calls from now on; `end` until then. */
  readonly tells?: Telling;
}

export interface StubState {
  readonly port: number;
  /** Connections that are logged in now. */
  readonly held: number;
  /** All that ever logged in. */
  readonly logins: number;
}

let [held, logins] = [0, 0];
let toldOf = endOf;

const server = createServer({ noDelay: true }, talk);
server.listen(0, '127.0.0.1', () =>
  doJobs<StubJob, StubState>(({ tells }) => {
    if (tells !== undefined) toldOf = tells === 'end' ? endOf : recordedLife(tells);
    const address = server.address();
    if (address === null || typeof address === 'string')
      throw new Error('The stub does not listen on a port.');
    return Promise.resolve({ port: address.port, held, logins });
  }),
);

function talk(socket: Socket): void {
  let rest = '';
  let isIn = false;
  socket.setEncoding('latin1');
  socket.on('close', () => (held -= isIn ? 1 : 0));
  socket.on('error', () => undefined);
  socket.on('data', (text: string) => {
    const actions = (rest + text).split('\r\n\r\n');
    rest = actions.pop() ?? '';
    if (!isIn && actions.some((action) => action.startsWith('Action: Login\r\n'))) {
      isIn = true;
      held += 1;
      logins += 1;
    }
    // All answers in one packet: a system call costs more than everything else here.
    if (actions.length > 0) socket.write(actions.map(answer).join(''), 'latin1');
  });
  socket.write('Asterisk Call Manager/11.0.0\r\n');
}

function answer(text: string): string {
  const id = valueOf(text, 'ActionID');
  const success = `Response: Success\r\nActionID: ${id}\r\n`;
  switch (text.slice('Action: '.length, text.indexOf('\r\n'))) {
    case 'Originate':
      return `${success}Message: Originate successfully queued\r\n\r\n${toldOf(valueOf(text, 'ChannelId'))}`;
    case 'Challenge':
      return `${success}Challenge: 123456789\r\n\r\n`;
    case 'Getvar':
      return `${success}Variable: x\r\nValue: ${fieldOf(valueOf(text, 'Variable'))}\r\n\r\n`;
    default:
      return `${success}Message: Fine\r\n\r\n`;
  }
}

function endOf(channelId: string): string {
  return `Event: Hangup\r\nPrivilege: call,all\r\nUniqueid: ${channelId}\r\nLinkedid: ${channelId}\r\nChannelState: 6\r\nCause: 16\r\n\r\n`;
}

/** Every extension that it is asked for exists. */
function fieldOf(variable: string): string {
  if (variable.endsWith(',context)')) return 'default';
  return variable.endsWith(',callerid)') ? '"Alice" <101>' : 'sales';
}

function valueOf(text: string, name: string): string {
  const at = text.indexOf(`\r\n${name}: `) + name.length + 4;
  const end = text.indexOf('\r\n', at);
  return text.slice(at, end < 0 ? undefined : end);
}
