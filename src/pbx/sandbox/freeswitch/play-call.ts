import { dialplanHas, findNumber } from '../numbers.ts';
import { type Cause, readCause } from './causes.ts';
import type { Channel } from './channel.ts';
import { endLeg, type Leg } from './leg.ts';
import type { LiveCall } from './live-call.ts';
import { type Answering, ringPhone, type RingEnd } from './ring-phone.ts';

/** How long a bridge of the dialplan rings where nothing else is said (SWITCH_DEFAULT_TIMEOUT), in seconds. */
const DEFAULT_TIMEOUT_S = 60;

/**
 * Plays one order from the first ring to the last hang-up.
 * @param tell gets what `originate` answers, once: when the first phone has answered, or it is clear that it won't.
 */
export async function playCall(call: LiveCall, tell: (result: string) => void): Promise<void> {
  const first = await ringFirst(call);
  if (first.answered) {
    tell(`+OK ${first.leg.near.uuid}\n`);
    call.seen.cause = await goOn(call, first.leg, first.row);
    // Where a second phone was never called, or is gone already, this is all that is left.
    endFirst(call, first.leg, call.seen.cause);
  } else {
    call.seen.cause = first.cause;
    tell(`-ERR ${first.cause}\n`);
  }
  call.seen.state = 'ended';
}

function endFirst(call: LiveCall, leg: Leg, cause: Cause): void {
  endLeg(call.exchange, leg, cause, call.hungUpBy === 'first' ? 'recv_bye' : 'send_bye');
}

function causeOfEnd({ hangupCause }: LiveCall): Cause {
  return hangupCause ?? 'NORMAL_CLEARING';
}

function ringFirst(call: LiveCall): Promise<RingEnd> {
  const { target, variables, uuid, timeoutMs } = call.order;
  const ring = (channelName: string, own: Readonly<Record<string, string>> = {}) =>
    ringPhone(call, {
      leg: 'first',
      caller: undefined,
      number: target.number,
      uuid,
      channelName,
      timeoutMs,
      callerName: variables.get('origination_caller_id_name') ?? '',
      callerNumber: variables.get('origination_caller_id_number') ?? '0000000000',
      // The directory's variables of a user go over those of the dial string.
      variables: [...variables, ...Object.entries(own)],
    });
  const no = (cause: Cause): Promise<RingEnd> => Promise.resolve({ answered: false, cause });
  switch (target.by) {
    case 'user': {
      const user = call.directory.find(target.at);
      if (user === undefined) return no('SUBSCRIBER_ABSENT');
      if (!call.directory.isRegistered(user)) return no('USER_NOT_REGISTERED');
      return ring(`sofia/internal/${user.id}@${call.directory.domain}`, call.directory.variablesOf(user));
    }
    case 'loopback':
      if (!dialplanHas(target.context, target.number)) return no('NO_ROUTE_DESTINATION');
      return ring(`loopback/${target.number}-a`);
    case 'gateway':
      if (findNumber(target.number) === undefined) return no('UNALLOCATED_NUMBER');
      return ring(`sofia/external/${target.number}`);
    case 'error':
      return no(readCause(target.number));
    case 'none':
      return no('CHAN_NOT_IMPLEMENTED');
  }
}

/** What the answered first channel does: the order's applications, one after another. Resolves with its end's cause. */
async function goOn(call: LiveCall, first: Leg, row: Answering): Promise<Cause> {
  if (row.leavesMs !== undefined)
    call.exchange.timers.after(row.leavesMs, () => call.hangUp('NORMAL_CLEARING', 'first'));
  for (const [name, data] of call.order.applications) {
    if (call.hangupCause !== undefined) return causeOfEnd(call);
    if (name === 'transfer') return dial(call, first, row, data);
    if (name === 'park') {
      await call.wait(Infinity);
      return causeOfEnd(call);
    }
    setVariable(first.near, name, data);
  }
  return 'NORMAL_CLEARING';
}

function setVariable(channel: Channel, application: string, data: string): void {
  const [name = ''] = data.split('=', 1);
  const value = data.slice(name.length + 1);
  const bare = name.replace(/^nolocal:/, '');
  if (application === 'unset') channel.variables.delete(name);
  if (application === 'set') channel.variables.set(name, value);
  if (application !== 'export') return;
  channel.exported.set(bare, value);
  if (bare === name) channel.variables.set(name, value);
}

/** The dialplan: a number that the context knows is rung, its caller ID being the effective one. */
async function dial(call: LiveCall, leg: Leg, row: Answering, data: string): Promise<Cause> {
  const [number = '', , context = 'default'] = data.split(' ');
  const first = leg.near;
  first.context = context;
  call.seen.second = number;
  call.seen.context = context;
  call.seen.variables = Object.fromEntries(first.variables);
  if (!dialplanHas(context, number)) return 'NO_ROUTE_DESTINATION';
  const seconds = first.exported.get('originate_timeout') ?? first.variables.get('call_timeout');
  const second = await ringPhone(call, {
    leg: 'second',
    caller: first,
    number,
    uuid: '',
    channelName: `sofia/internal/${number}@${call.directory.domain}`,
    timeoutMs: (Number(seconds) || DEFAULT_TIMEOUT_S) * 1000,
    callerName: first.variables.get('effective_caller_id_name') ?? first.callerName,
    callerNumber: first.variables.get('effective_caller_id_number') ?? first.callerNumber,
    variables: [...first.exported],
    // Who calls is gone before whom it calls.
    givenUp: () => endFirst(call, leg, causeOfEnd(call)),
  });
  if (second.answered) return talk(call, { leg, row }, second);
  if (call.hangupCause === undefined) first.variables.set('originate_failed_cause', second.cause);
  return call.hangupCause === undefined ? second.cause : causeOfEnd(call);
}

interface Talker {
  readonly leg: Leg;
  readonly row: Answering;
}

/** The shorter talk ends it; with equal ones the second hangs up. Ends both legs, from the one that wants it. */
async function talk(call: LiveCall, first: Talker, second: Talker): Promise<Cause> {
  const { exchange } = call;
  call.seen.state = 'connected';
  call.talks();
  exchange.bridge(first.leg.near, second.leg.near);
  const leaves = ({ row }: Talker) => Math.min(row.talksMs, row.leavesMs ?? Infinity);
  const isFirstShorter = leaves(first) < leaves(second);
  if (await call.wait(Math.min(leaves(first), leaves(second))))
    call.hangUp('NORMAL_CLEARING', isFirstShorter ? 'first' : 'second');
  const by = call.hungUpBy;
  const cause = causeOfEnd(call);
  const order = by === 'second' ? [second.leg, first.leg] : [first.leg, second.leg];
  for (const [index, leg] of order.entries())
    endLeg(exchange, leg, cause, by !== undefined && index === 0 ? 'recv_bye' : 'send_bye');
  return cause;
}
