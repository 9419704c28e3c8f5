import { CUT_AFTER_MS, findNumber, type OrderTreatment, SLOW_REPLY_MS } from '../numbers.ts';
import { commandReply } from './message.ts';
import { readOrder } from './order.ts';
import type { Session } from './session.ts';

/** How long a reply that lags behind its events waits for the first leg's fate. */
const LAG_MS = 3000;
const GARBAGE =
  'HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html>\u0001\u00ff</html>\r\n\r\n';

/** A `bgapi originate` that may be begun. */
export interface OrderForm {
  readonly accepted: Buffer;
  /** Makes the call; resolves when its first leg's fate is known. */
  readonly begin: () => Promise<void>;
}

/**
 * Answers one `bgapi originate`, as FreeSWITCH does or as the numbers in it want it. Replies on this link name no
 * command, so one that is late keeps those after it waiting, as a busy FreeSWITCH would.
 */
export async function takeOrder(
  line: string,
  session: Session,
  { accepted, begin }: OrderForm,
): Promise<void> {
  const { timers, faults, desk } = session.host;
  switch (treatmentOf(line) ?? (faults.eventsBeforeReply === true ? 'lags' : undefined)) {
    case 'denies':
      return session.reply('bgapi', commandReply('-ERR permission denied'));
    case 'babbles':
      return session.say(GARBAGE);
    case 'drops':
      session.socket.destroy();
      void begin();
      return;
    case 'cuts':
      session.reply('bgapi', accepted);
      void begin();
      void desk.book.talkOf(orderIn(line)?.uuid ?? '')?.then(() => {
        timers.after(CUT_AFTER_MS, () => session.socket.destroy());
      });
      return;
    case 'stalls':
      void begin();
      await new Promise<void>((resolve) => timers.after(SLOW_REPLY_MS, resolve));
      return session.reply('bgapi', accepted);
    case 'lags':
      await Promise.race([begin(), new Promise<void>((resolve) => timers.after(LAG_MS, resolve))]);
      return session.reply('bgapi', accepted);
    case undefined:
      session.reply('bgapi', accepted);
      void begin();
  }
}

/** The first number's treatment goes before the second's. */
function treatmentOf(line: string): OrderTreatment | undefined {
  const order = orderIn(line);
  const second = order?.applications.find(([name]) => name === 'transfer')?.[1].split(' ', 1)[0] ?? '';
  return findNumber(order?.target.number ?? '')?.order ?? findNumber(second)?.order;
}

function orderIn(line: string) {
  return readOrder(line.slice('originate '.length));
}
