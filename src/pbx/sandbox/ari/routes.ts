import { findEndpoint } from '../endpoints.ts';
import { findNumber } from '../numbers.ts';
import { snapshot, type AriChannel } from './channel.ts';
import type { AriExchange } from './exchange.ts';
import type { AriFaults } from './faults.ts';
import { evaluate } from './functions.ts';
import { allocated, originate, type Answered } from './originate.ts';
import { argsOf, refuse, textOf, variablesOf, type AriReply, type AriRequest } from './requests.ts';
import { ring } from './ring.ts';

const DONE: AriReply = { status: 204 };
/** Until a channel that was made is in its application's hands. */
const CREATED_MS = 20;

/** Answers one request, in the statuses and words of Asterisk 22.10.1. */
export async function answer(
  request: AriRequest,
  exchange: AriExchange,
  faults: AriFaults,
): Promise<Answered> {
  const { method, path } = request;
  switch (`${method} ${path[0] ?? ''}`) {
    case 'GET asterisk':
      return { status: 200, json: { system: { version: '22.10.1-sandbox' } } };
    case 'PUT applications':
      return filterEvents(request, exchange);
    case 'POST applications':
      return subscribe(request, exchange);
    case 'GET endpoints':
      return endpoint(request);
    case 'GET bridges':
      return { status: 200, json: [...exchange.bridges].map((id) => bridge(exchange, id)) };
    case 'POST bridges':
      return path[2] === 'addChannel' ? join(request, exchange) : makeBridge(request, exchange);
    case 'DELETE bridges':
      return exchange.bridges.delete(path[1] ?? '') ? DONE : refuse(404, 'Bridge not found');
    case 'POST channels':
      if (path[1] === 'create') return create(request, exchange);
      return path[2] === undefined ? originate(request, exchange, faults) : toChannel(request, exchange);
    case 'GET channels':
      if (path[1] === undefined)
        return { status: 200, json: [...exchange.channels.values()].map((channel) => snapshot(channel)) };
      return toChannel(request, exchange);
    case 'DELETE channels':
      return toChannel(request, exchange);
    default:
      return refuse(404, 'Resource not found');
  }
}

function toChannel(request: AriRequest, exchange: AriExchange): AriReply {
  const { method, path } = request;
  const channel = exchange.channels.get(path[1] ?? '');
  if (channel === undefined) {
    return refuse(404, path[2] === 'variable' ? 'Provided channel was not found' : 'Channel not found');
  }
  switch (`${method} ${path[2] ?? ''}`) {
    case 'GET ':
      return { status: 200, json: snapshot(channel) };
    case 'DELETE ':
      exchange.release(channel);
      return DONE;
    case 'GET variable': {
      const value = evaluate(exchange, channel, textOf(request, 'variable'));
      if (value === undefined) return refuse(500, 'Unable to read provided function');
      return { status: 200, json: { value } };
    }
    case 'POST variable':
      exchange.setVariable(channel, textOf(request, 'variable'), textOf(request, 'value'));
      return DONE;
    case 'POST dial':
      return dial(request, exchange, channel);
    default:
      return refuse(404, 'Resource not found');
  }
}

/** A channel that is not dialled yet; its application has it soon after, from a thread of its own. */
function create(request: AriRequest, exchange: AriExchange): AriReply {
  const target = allocated(textOf(request, 'endpoint'));
  const id = textOf(request, 'channelId');
  if (exchange.channels.has(id)) return refuse(409, 'Channel with given unique ID already exists');
  if (target === undefined) return { status: 500, json: { error: 'Allocation failed' } };
  const channel = exchange.add({
    id,
    target,
    app: textOf(request, 'app'),
    appArgs: argsOf(request),
    variables: variablesOf(request),
    isOriginated: false,
    originator: textOf(request, 'originator'),
  });
  const shown = snapshot(channel);
  exchange.later(channel, CREATED_MS, () => exchange.enterStasis(channel));
  return { status: 200, json: shown };
}

function dial(request: AriRequest, exchange: AriExchange, channel: AriChannel): AriReply {
  if (channel.state !== 'Down') return refuse(409, 'Channel is not in the \u0027Down\u0027 state');
  const seconds = Number(textOf(request, 'timeout') || '0');
  ring(exchange, channel, {
    timeoutMs: (seconds > 0 ? seconds : 86_400) * 1000,
    originator: channel.variables.get('ORIGINATOR') ?? '',
    answered: () => undefined,
    failed: () => undefined,
  });
  return DONE;
}

function filterEvents(request: AriRequest, exchange: AriExchange): AriReply {
  const name = request.path[1] ?? '';
  if (!exchange.apps.has(name)) return refuse(404, 'Application not found');
  const { allowed } = request.parameters;
  if (!Array.isArray(allowed)) return refuse(400, 'Invalid event types');
  exchange.apps.filter(
    name,
    allowed.map((each: unknown) => String((each as { type?: unknown } | null)?.type)),
  );
  return { status: 200, json: { name } };
}

function subscribe(request: AriRequest, exchange: AriExchange): AriReply {
  const name = request.path[1] ?? '';
  if (!exchange.apps.has(name)) return refuse(404, 'Application not found');
  const channelId = /^channel:(.+)$/.exec(textOf(request, 'eventSource'))?.[1];
  const isThere = [...exchange.channels.values()].some(({ behind }) => behind?.phone.id === channelId);
  if (channelId === undefined || !isThere) return refuse(422, 'Event source does not exist');
  exchange.apps.subscribe(name, channelId);
  return { status: 200, json: { name } };
}

function endpoint({ path }: AriRequest): AriReply {
  const [, technology = '', resource = ''] = path;
  if (technology !== 'PJSIP' || findEndpoint(resource) === undefined)
    return refuse(404, 'Endpoint not found');
  const state = findNumber(resource)?.phone.does === 'absent' ? 'offline' : 'online';
  return { status: 200, json: { technology, resource, state, channel_ids: [] } };
}

function makeBridge(request: AriRequest, exchange: AriExchange): AriReply {
  const id = request.path[1] ?? '';
  exchange.bridges.add(id);
  return { status: 200, json: bridge(exchange, id) };
}

function join(request: AriRequest, exchange: AriExchange): AriReply {
  const id = request.path[1] ?? '';
  if (!exchange.bridges.has(id)) return refuse(404, 'Bridge not found');
  const members = textOf(request, 'channel')
    .split(',')
    .map((each) => exchange.channels.get(each));
  if (members.includes(undefined)) return refuse(400, 'Channel not found');
  if (members.some((channel) => channel?.inStasis === false))
    return refuse(409, 'Channel not in a Stasis application');
  for (const channel of members) if (channel !== undefined) channel.bridgeId = id;
  exchange.talkIfJoined(id);
  return DONE;
}

function bridge(exchange: AriExchange, id: string) {
  const channels = exchange.membersOf(id).map((channel) => channel.id);
  return { id, technology: 'simple_bridge', bridge_type: 'mixing', bridge_class: 'stasis', channels };
}
