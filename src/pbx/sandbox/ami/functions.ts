import { type Channel, type Party } from './channel.ts';
import { display } from './live-call.ts';
import { findEndpoint } from '../endpoints.ts';
import type { Exchange } from './exchange.ts';
import { CONTEXTS, dialplanHas } from '../numbers.ts';

/** The value of a variable or function, '' where Asterisk knows none: it never says so. */
export function evaluate(exchange: Exchange, channel: Channel | undefined, expression: string): string {
  const call = /^(\w+)\((.*)\)$/.exec(expression);
  if (call === null) return variable(exchange, channel, expression);
  const [, name = '', inside = ''] = call;
  const args = inside.split(',').map((arg) => arg.trim());
  const [first = '', second = '', third = ''] = args;
  switch (name.toUpperCase()) {
    case 'PJSIP_ENDPOINT':
      return endpointValue(first, second);
    case 'DIALPLAN_EXISTS':
      return dialplanExists(first, second, third) ? '1' : '0';
    case 'DEVICE_STATE':
      return exchange.stateOf(first);
    case 'CALLERID':
      return channel === undefined ? '' : part(channel.caller, first);
    case 'CONNECTEDLINE':
      return channel === undefined ? '' : part(channel.connected, first);
    default:
      return channel?.variables.get(expression) ?? '';
  }
}

/** With a context alone the question is whether there is one (funcs/func_dialplan.c). */
function dialplanExists(context: string, number: string, priority: string): boolean {
  if (number === '') return CONTEXTS.some((known) => known === context);
  return dialplanHas(context, number) && (priority === '' || priority === '1');
}

function endpointValue(id: string, what: string): string {
  const endpoint = findEndpoint(id);
  if (endpoint === undefined) return '';
  switch (what.toLowerCase()) {
    case 'context':
      return endpoint.context;
    case 'callerid':
      return `"${endpoint.name}" <${endpoint.id}>`;
    case 'accountcode':
      return endpoint.accountCode;
    case 'aors':
      return endpoint.id;
    default:
      return '';
  }
}

function variable(exchange: Exchange, channel: Channel | undefined, name: string): string {
  if (channel === undefined) return exchange.globals.get(name) ?? '';
  if (name === 'UNIQUEID') return channel.uniqueid;
  if (name === 'CHANNEL') return channel.name;
  if (name === 'EXTEN') return channel.exten;
  if (name === 'CONTEXT') return channel.context;
  return channel.variables.get(name) ?? '';
}

function known(text: string): string {
  return text === '<unknown>' ? '' : text;
}

function part(party: Party, what: string): string {
  if (/^num/i.test(what)) return known(party.number);
  if (/^name/i.test(what)) return known(party.name);
  return /^all/i.test(what) ? display(party) : '';
}
