import type { CallBook } from './call-book.ts';
import type { SandboxFaults } from './faults.ts';
import { error, type Request, success } from './message.ts';
import { CUT_AFTER_MS, findNumber, type OrderTreatment, SLOW_REPLY_MS } from '../numbers.ts';
import { type Order, readOrder } from './order.ts';
import { refusalOf } from './order-refusal.ts';
import type { Session } from './session.ts';
import type { Timers } from '../timers.ts';

/** How long a reply that lags behind its events waits for the first leg's fate. */
const LAG_MS = 3000;
const GARBAGE =
  'HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html>\u0001\u00ff</html>\r\n\r\n';

/** What taking orders needs. */
export interface OrderDesk {
  readonly book: CallBook;
  readonly timers: Timers;
  readonly faults: SandboxFaults;
}

/**
 * Answers one Originate, as Asterisk does or as the numbers in it want it. An asynchronous one is answered before its
 * first event; a synchronous one blocks the link until its first leg's fate is known.
 */
export async function takeOrder(request: Request, session: Session, desk: OrderDesk): Promise<void> {
  const refusal = refusalOf(request);
  if (refusal !== undefined) return session.reply('Originate', error(request, refusal));
  const order = readOrder(request);
  const queued = () => session.reply('Originate', success(request, ['Message', QUEUED]));
  switch (treatmentOf(order, desk.faults)) {
    case 'denies':
      return session.reply('Originate', error(request, 'Permission denied'));
    case 'babbles':
      return session.say(GARBAGE);
    case 'drops':
      session.socket.destroy();
      void desk.book.begin(order);
      return;
    case 'cuts':
      queued();
      void desk.book.begin(order);
      void desk.book.talkOf(order.channelId)?.then(() => {
        desk.timers.after(CUT_AFTER_MS, () => session.socket.destroy());
      });
      return;
    case 'stalls':
      void desk.book.begin(order);
      // Only this reply is late: whoever shares the link is not kept waiting.
      desk.timers.after(SLOW_REPLY_MS, queued);
      return;
    case 'lags': {
      const soon = new Promise<void>((resolve) => desk.timers.after(LAG_MS, resolve));
      void Promise.race([desk.book.begin(order), soon]).then(queued);
      return;
    }
    case undefined:
      break;
  }
  if (order.async) {
    queued();
    const lateMs = desk.faults.beginsAfterMs;
    if (lateMs === undefined) void desk.book.begin(order);
    else desk.timers.after(lateMs, () => void desk.book.begin(order));
    return;
  }
  if (order.second.does === 'nothing' && request.get('Application') === '') {
    return session.reply(
      'Originate',
      error(request, "Originate with 'Exten' requires 'Context' and 'Priority'"),
    );
  }
  if (await desk.book.begin(order)) return queued();
  session.reply('Originate', error(request, 'Originate failed'));
}

const QUEUED = 'Originate successfully queued';

/** The first number's treatment goes before the second's. */
function treatmentOf(order: Order, faults: SandboxFaults): OrderTreatment | undefined {
  const second = order.second.does === 'dial' ? order.second.target.number : '';
  const treatment = findNumber(order.first.number)?.order ?? findNumber(second)?.order;
  return treatment ?? (faults.eventsBeforeReply === true ? 'lags' : undefined);
}
