import { XMLParser } from 'fast-xml-parser';
import {
  separateAtBlanks,
  separateBrackets,
  separateInline,
} from '../../src/pbx/sandbox/freeswitch/separate-string.ts';

/*
 * What was said on a wire without the values: an attack that adds a header, a field, a variable or a command shows here,
 * and one that arrived as a value does not.
 */

/** A message of AMI: its action, and the names of its headers and variables. */
export function amiSkeleton(wire: string): string[] {
  return split(wire, '\r\n\r\n').map((message) => {
    const lines = message.split(/\r\n|\r|\n/);
    return lines.map(amiName).join();
  });
}

/** `Variable: CALLERID(all)=…` sets a variable, and `Variable: PJSIP_ENDPOINT(101,context)` asks for one. */
function amiName(line: string): string {
  const [name = '', value = ''] = line.split(/: (.*)/s);
  if (name === 'Action' || name === 'Application') return line;
  return name === 'Variable' ? `${name} ${value.split(value.includes('=') ? '=' : '(')[0]}` : name;
}

/** A command of the Event Socket: of an originate also its variables and applications, as FreeSWITCH takes it apart. */
export function eslSkeleton(wire: string): string[] {
  return split(wire, '\n\n').map((command) => {
    const [line = '', ...headers] = command.split(/\r\n|\r|\n/);
    return [orderNames(line), ...headers.map((header) => header.split(':')[0])].join();
  });
}

function orderNames(line: string): string {
  const [verb = '', what = '', ...rest] = separateAtBlanks(line, 20);
  if (what !== 'originate') return [verb, verb === 'api' || verb === 'bgapi' ? what : ''].join(' ');
  const [dialled = '', applications = '', ...more] = rest;
  const variables = separateBrackets(dialled)?.variables ?? [];
  const inline = separateInline(applications).map(([name, data]) => `${name} ${data.split(/[= ]/)[0]}`);
  const isRinging = inline.at(-1)?.startsWith('transfer ') === true;
  return [verb, what, variables.map(([name]) => name), inline.slice(0, -1), isRinging, more].flat().join(' ');
}

/** A request of HTTP: its method, how deep its path is, and the names of its headers, of its query and of its body. */
export function httpSkeleton(wire: string): string[] {
  const skeletons: string[] = [];
  for (let rest = wire; rest !== '';) {
    const headEnd = rest.indexOf('\r\n\r\n');
    if (headEnd < 0) break;
    const [line = '', ...headers] = rest.slice(0, headEnd).split(/\r\n|\r|\n/);
    const length = Number(/^content-length: (\d+)$/im.exec(headers.join('\n'))?.[1] ?? 0);
    const body = rest.slice(headEnd + 4, headEnd + 4 + length);
    rest = rest.slice(headEnd + 4 + length);
    const [method, url = '', ...version] = line.split(' ');
    const [path = '', query = ''] = url.split('?');
    const names = [...new URLSearchParams(query).keys()];
    const depth = path.split('/').length;
    skeletons.push(
      [method, depth, names, version, headers.map((header) => header.split(':')[0]), keys(body)].join(),
    );
    // What follows a handshake is no HTTP any more.
    if (/^upgrade: websocket$/im.test(headers.join('\n'))) break;
  }
  return skeletons;
}

function keys(body: string): string {
  if (body === '') return '';
  if (body.startsWith('<')) return keysOf(new XMLParser({ ignoreAttributes: false }).parse(body));
  if (body.startsWith('{')) return keysOf(JSON.parse(body));
  return [...new URLSearchParams(body).keys()].join();
}

function keysOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  // An element has its text whether there is some or not.
  const members = Object.entries(value).filter(([name]) => name !== '#text');
  return `{${members.map(([name, inner]) => `${name}${keysOf(inner)}`).join()}}`.replaceAll('{}', '');
}

function split(wire: string, end: string): string[] {
  return wire.split(end).filter((piece) => piece !== '');
}
