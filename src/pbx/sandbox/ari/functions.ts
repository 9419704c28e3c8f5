import { findEndpoint } from '../endpoints.ts';
import { CONTEXTS, dialplanHas, findNumber } from '../numbers.ts';
import type { AriChannel } from './channel.ts';
import type { AriExchange } from './exchange.ts';

/** The value of a function or variable on a channel; undefined: none, of which ARI says so. */
export function evaluate(exchange: AriExchange, channel: AriChannel, expression: string): string | undefined {
  const call = /^(\w+)\((.*)\)$/.exec(expression);
  if (call === null) return channel.variables.get(expression);
  const [, name = '', inside = ''] = call;
  const [first = '', second = '', third = ''] = inside.split(',').map((arg) => arg.trim());
  switch (name.toUpperCase()) {
    case 'PJSIP_ENDPOINT':
      return endpointValue(first, second);
    case 'DIALPLAN_EXISTS':
      return dialplanExists(first, second, third) ? '1' : '0';
    case 'DEVICE_STATE':
      return deviceState(first);
    case 'CHANNEL':
      return { state: channel.state, name: channel.name }[first] ?? channel.account;
    case 'HANGUPCAUSE_KEYS':
      return [...channel.phonesSaid.keys()].join(',');
    case 'HANGUPCAUSE':
      return channel.phonesSaid.get(first)?.[second === 'tech' ? 'tech' : 'ast'] ?? '';
    case 'IMPORT':
      return imported(exchange, first, second);
    case 'EVAL':
      return substitute(exchange, channel, inside);
    default:
      return undefined;
  }
}

/** Everything of the form `${…}` replaced by its value, from the inside out. */
function substitute(exchange: AriExchange, channel: AriChannel, text: string): string {
  const replaced = text.replace(
    /\$\{([^${}]*)\}/,
    (_, inner: string) => evaluate(exchange, channel, inner) ?? '',
  );
  return replaced === text ? text : substitute(exchange, channel, replaced);
}

/** Of another channel; the half of a Local one that runs the dialplan has the status of its Dial. */
function imported(exchange: AriExchange, channelId: string, variable: string): string {
  const behind = exchange.channels.get(channelId.replace(/;2$/, ''))?.behind;
  return variable === 'DIALSTATUS' && channelId.endsWith(';2') ? (behind?.dialStatus ?? '') : '';
}

function endpointValue(id: string, what: string): string | undefined {
  const endpoint = findEndpoint(id);
  if (endpoint === undefined) return undefined;
  if (what === 'context') return endpoint.context;
  if (what === 'callerid') return `"${endpoint.name}" <${endpoint.id}>`;
  return what === 'accountcode' ? endpoint.accountCode : undefined;
}

/** With a context alone the question is whether there is one (funcs/func_dialplan.c). */
function dialplanExists(context: string, number: string, priority: string): boolean {
  if (number === '') return CONTEXTS.some((known) => known === context);
  return dialplanHas(context, number) && (priority === '' || priority === '1');
}

function deviceState(device: string): string {
  const number = device.replace(/^PJSIP\//, '');
  if (findEndpoint(number) === undefined) return 'INVALID';
  return findNumber(number)?.phone.does === 'absent' ? 'UNAVAILABLE' : 'NOT_INUSE';
}
