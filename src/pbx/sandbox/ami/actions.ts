import { parseParty } from './channel.ts';
import { evaluate } from './functions.ts';
import type { Exchange } from './exchange.ts';
import { error, type Fields, type Request, success } from './message.ts';
import { listStatus } from './status.ts';
import { type Privilege, privilegeText } from './privileges.ts';

/** What an action may know of the sandbox. */
export interface ActionContext {
  readonly exchange: Exchange;
  readonly startedMicros: number;
  /** What the asking login may write. */
  readonly write: readonly Privilege[];
  /** Ends the call that the channel belongs to. */
  readonly hangUp: (channelId: string, cause: number) => void;
}

/** An action's reply, the messages that follow it, and what happens after both are on their way. */
export interface Answer {
  readonly reply: Fields;
  readonly more?: readonly Fields[];
  readonly afterwards?: () => void;
}

interface Action {
  readonly name: string;
  /** One of these is enough; none at all: everybody may. */
  readonly needs: readonly Privilege[];
  readonly synopsis: string;
  /** Missing where the session itself answers: what concerns the link or takes time. */
  readonly run?: (request: Request, context: ActionContext) => Answer;
}

/** Every action that the sandbox knows, in the order of `ListCommands`. */
const ACTIONS: readonly Action[] = [
  { name: 'Challenge', needs: [], synopsis: 'Generate Challenge for MD5 Auth.' },
  {
    name: 'CoreSettings',
    needs: ['system', 'reporting'],
    synopsis: 'Show PBX core settings (version etc).',
    run: coreSettings,
  },
  {
    name: 'CoreStatus',
    needs: ['system', 'reporting'],
    synopsis: 'Show PBX core status variables.',
    run: coreStatus,
  },
  { name: 'Events', needs: [], synopsis: 'Control Event Flow.' },
  {
    name: 'Getvar',
    needs: ['call', 'reporting'],
    synopsis: 'Gets a channel variable or function value.',
    run: getvar,
  },
  { name: 'Hangup', needs: ['system', 'call'], synopsis: 'Hangup channel.', run: hangup },
  { name: 'ListCommands', needs: [], synopsis: 'List available manager commands.', run: listCommands },
  { name: 'Login', needs: [], synopsis: 'Login Manager.' },
  { name: 'Logoff', needs: [], synopsis: 'Logoff Manager.' },
  { name: 'Originate', needs: ['originate'], synopsis: 'Originate a call.' },
  { name: 'Ping', needs: [], synopsis: 'Keepalive command.', run: ping },
  { name: 'Setvar', needs: ['call'], synopsis: 'Sets a channel variable or function value.', run: setvar },
  {
    name: 'Status',
    needs: ['system', 'call', 'reporting'],
    synopsis: 'List channel status.',
    run: listStatus,
  },
];

export function findAction(name: string): Action | undefined {
  return ACTIONS.find((action) => action.name.toLowerCase() === name.toLowerCase());
}

export function mayRun(action: Action, write: readonly Privilege[]): boolean {
  return action.needs.length === 0 || action.needs.some((privilege) => write.includes(privilege));
}

function listCommands(request: Request, { write }: ActionContext): Answer {
  const lines = ACTIONS.filter((action) => mayRun(action, write)).map(
    ({ name, synopsis, needs }) => [name, `${synopsis}  (Priv: ${privilegeText(needs)})`] as const,
  );
  return { reply: success(request, ...lines) };
}

function ping(request: Request, { exchange }: ActionContext): Answer {
  const micros = exchange.clock.nowMicros();
  const seconds = Math.floor(micros / 1_000_000);
  const timestamp = `${seconds}.${String(micros % 1_000_000).padStart(6, '0')}`;
  return { reply: success(request, ['Ping', 'Pong'], ['Timestamp', timestamp]) };
}

function coreSettings(request: Request): Answer {
  return {
    reply: success(
      request,
      ['AMIversion', '11.0.0'],
      ['AsteriskVersion', '22.10.1-sandbox'],
      ['SystemName', 'sandbox'],
      ['CoreMaxCalls', '0'],
      ['CoreMaxLoadAvg', '0.000000'],
      ['CoreRunUser', ''],
      ['CoreRunGroup', ''],
      ['CoreMaxFilehandles', '0'],
      ['CoreRealTimeEnabled', 'No'],
      ['CoreCDRenabled', 'Yes'],
      ['CoreHTTPenabled', 'No'],
      ['SoundsSearchCustomDir', 'No'],
    ),
  };
}

function coreStatus(request: Request, { exchange, startedMicros }: ActionContext): Answer {
  const [date = '', time = ''] = new Date(startedMicros / 1000).toISOString().split(/[T.]/);
  const calls = new Set(exchange.live.map(({ linkedid }) => linkedid)).size;
  return {
    reply: success(
      request,
      ['CoreStartupDate', date],
      ['CoreStartupTime', time],
      ['CoreReloadDate', date],
      ['CoreReloadTime', time],
      ['CoreCurrentCalls', String(calls)],
      ['CoreProcessedCalls', String(exchange.processed)],
    ),
  };
}

function getvar(request: Request, { exchange }: ActionContext): Answer {
  const [name, expression] = [request.get('Channel'), request.get('Variable')];
  if (expression === '') return { reply: error(request, 'No variable specified') };
  const channel = name === '' ? undefined : exchange.find(name);
  if (name !== '' && channel === undefined) return { reply: error(request, 'No such channel') };
  const value = evaluate(exchange, channel, expression);
  return { reply: success(request, ['Variable', expression], ['Value', value]) };
}

function setvar(request: Request, { exchange }: ActionContext): Answer {
  const [name, target, value] = [request.get('Channel'), request.get('Variable'), request.get('Value')];
  if (target === '') return { reply: error(request, 'No variable specified') };
  const channel = name === '' ? undefined : exchange.find(name);
  if (name !== '' && channel === undefined) return { reply: error(request, 'No such channel') };
  if (channel === undefined) exchange.globals.set(target, value);
  else if (/^CALLERID\(all/i.test(target)) channel.caller = parseParty(value);
  else if (/^CONNECTEDLINE\(all/i.test(target)) channel.connected = parseParty(value);
  else channel.variables.set(target, value);
  return { reply: success(request, ['Message', 'Variable Set']) };
}

/** Regular expressions over channel names (`/…/`) are not offered: they hang up other people's calls. */
function hangup(request: Request, context: ActionContext): Answer {
  const name = request.get('Channel');
  if (name === '') return { reply: error(request, 'No channel specified') };
  const channel = context.exchange.find(name);
  if (channel === undefined) return { reply: error(request, 'No such channel') };
  const cause = Number(request.get('Cause') || 16);
  const valid = Number.isInteger(cause) && cause >= 0 && cause <= 127;
  return {
    reply: success(request, ['Message', 'Channel Hungup']),
    afterwards: () => context.hangUp(channel.uniqueid, valid ? cause : 0),
  };
}
