import { findEndpoint } from '../endpoints.ts';
import { findNumber, SLOW_REPLY_MS, type OrderTreatment } from '../numbers.ts';
import { readTarget, snapshot, type Target } from './channel.ts';
import type { AriExchange } from './exchange.ts';
import type { AriFaults } from './faults.ts';
import { argsOf, refuse, textOf, variablesOf, type AriReply, type AriRequest } from './requests.ts';
import { ring } from './ring.ts';

/** How long an answer that lags behind its events waits for the first leg's fate. */
const LAG_MS = 3_000;
const GARBAGE = '<html>\u0001\u00ff</html>';

/** An answer that does not come: the connection is closed in its place. */
export type Answered = AriReply | 'closes';

/** `POST channels` and `POST channels/{id}`: as Asterisk does, or as the numbers in it want it. */
export async function originate(
  request: AriRequest,
  exchange: AriExchange,
  faults: AriFaults,
): Promise<Answered> {
  const endpoint = textOf(request, 'endpoint');
  if (endpoint === '') return refuse(400, 'Endpoint must be specified');
  if (textOf(request, 'app') === '') return refuse(400, 'Application or extension must be specified');
  const id = request.path[1] ?? textOf(request, 'channelId');
  if (exchange.channels.has(id)) return refuse(409, 'Channel with given unique ID already exists');
  const target = allocated(endpoint);
  if (target === undefined) return { status: 500, json: { error: 'Allocation failed' } };

  const treatment = treatmentOf(target, request) ?? (faults.eventsBeforeReply === true ? 'lags' : undefined);
  if (treatment === 'denies') return refuse(403, 'Write access denied');
  if (treatment === 'babbles') return { status: 502, garbage: GARBAGE };
  const { shown, decided } = begin(request, exchange, { id, target });
  const soon = (ms: number) => new Promise<void>((resolve) => exchange.timers.after(ms, resolve));
  if (treatment === 'drops') return 'closes';
  if (treatment === 'stalls') await soon(SLOW_REPLY_MS);
  if (treatment === 'lags') await Promise.race([decided, soon(LAG_MS)]);
  return { status: 200, json: shown };
}

/** What a channel can be made for; undefined: no such phone, or none registered. */
export function allocated(endpoint: string): Target | undefined {
  const target = readTarget(endpoint);
  if (target?.tech !== 'PJSIP') return target;
  const isThere = findEndpoint(target.number) !== undefined;
  return isThere && findNumber(target.number)?.phone.does !== 'absent' ? target : undefined;
}

function begin(
  request: AriRequest,
  exchange: AriExchange,
  { id, target }: { readonly id: string; readonly target: Target },
) {
  const channel = exchange.add({
    id,
    target,
    app: textOf(request, 'app'),
    appArgs: argsOf(request),
    variables: variablesOf(request),
    isOriginated: true,
  });
  exchange.witness.began(channel);
  const shown = snapshot(channel);
  const decided = Promise.withResolvers<void>();
  // Asterisk dials from a thread of its own: the answer comes first.
  exchange.timers.after(0, () => {
    ring(exchange, channel, {
      timeoutMs: Number(textOf(request, 'timeout') || '30') * 1000,
      originator: undefined,
      answered: () => {
        exchange.enterStasis(channel);
        decided.resolve();
      },
      failed: () => decided.resolve(),
    });
  });
  return { shown, decided: decided.promise };
}

/** The first number's treatment goes before the second's, which stands in the arguments of our application. */
function treatmentOf(first: Target, request: AriRequest): OrderTreatment | undefined {
  const args = decodeURIComponent(textOf(request, 'appArgs'));
  const second = /(?:Local|PJSIP)\/([^@/&]+)/.exec(args)?.[1] ?? '';
  return findNumber(first.number)?.order ?? findNumber(second)?.order;
}
