import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asteriskRoot } from './asterisk-root.ts';
import { keepChild, type KeptChild } from './kept-child.ts';
import { phoneScenario, type Behaviour } from './phone-scenario.ts';
import { callsOf, parseTrace, type Invite, type PhoneCall } from './phone-trace.ts';
import { controlOffset, mediaOffset } from './port-block.ts';

/** How a phone is, and how many calls it takes before it ends. */
export interface PhoneOptions {
  /** Where it awaits calls: `lab.phonePort('101')`. */
  readonly port: number;
  /**
   * `answer`, `silent` (rings for ever), or a refusal: `busy` 486, `decline` 603, `unavailable` 480, `congestion` 503,
   * `forward` 302, `refuse` what `status` says; `transfer` answers, and sends the other side to somebody else.
   */
  readonly behaviour: Behaviour;
  /** How long `answer` rings before it answers; default 300. */
  readonly answerAfterMs?: number;
  /** How long a refusal rings before it refuses; default 0, which is without ringing. */
  readonly refuseAfterMs?: number;
  /** How long after its answer `answer` hangs up, or `transfer` transfers; by default the other side has to end it. */
  readonly hangUpAfterMs?: number;
  /** The SIP status with which `refuse` refuses: `484 Address Incomplete`. */
  readonly status?: string;
  /** The number that `forward` and `transfer` name in their place. */
  readonly to?: string;
  /** How many calls it takes, one after another or at the same time; default 1. */
  readonly calls?: number;
}

/** What a phone testifies. */
export interface PhoneReport {
  /** SIPp's own: 0 when every call ran as the scenario says, 1 when one did not; null when it was stopped. */
  readonly exitCode: number | null;
  /** How many calls were offered. */
  readonly rang: number;
  readonly answered: number;
  readonly cancelled: number;
  readonly invites: readonly Invite[];
  readonly calls: readonly PhoneCall[];
}

/** A SIP phone, played by SIPp: it knows nothing of the service under test. */
export interface Phone extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** Settles when the phone was called that often; throws after `withinMs`. */
  rang(times?: number, withinMs?: number): Promise<void>;
  /** What it has seen so far. */
  report(): Promise<PhoneReport>;
  /** What it has seen when all its calls are over; throws after `withinMs`, with what it saw. */
  result(withinMs?: number): Promise<PhoneReport>;
  /** Ends it now, and tells what it saw; may be called again. */
  stop(): Promise<PhoneReport>;
}

/**
 * Starts a phone, and waits until it can be called.
 *
 * @throws Error when its port is taken, or SIPp does not start
 */
export async function startPhone(options: PhoneOptions): Promise<Phone> {
  const { port } = options;
  if (await isBound(port)) throw new Error(`There is a phone at port ${port} already.`);
  const folder = await mkdtemp(join(tmpdir(), 'c2c-phone-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const child = await startSipp(folder, options);
    await untilBound(child, port, folder);
    return handles(child, port, folder, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function startSipp(folder: string, options: PhoneOptions): Promise<KeptChild> {
  const {
    port,
    behaviour,
    answerAfterMs = 300,
    refuseAfterMs = 0,
    hangUpAfterMs = null,
    status = '',
    to = '',
    calls = 1,
  } = options;
  const ringMs = behaviour === 'answer' || behaviour === 'transfer' ? answerAfterMs : refuseAfterMs;
  const scenario = phoneScenario({
    behaviour,
    ringMs,
    hangUpAfterMs,
    status,
    to,
    mediaPort: port + mediaOffset,
  });
  await writeFile(join(folder, 'phone.xml'), scenario);
  const settings = {
    '-sf': 'phone.xml',
    '-i': '127.0.0.1',
    '-p': String(port),
    '-ci': '127.0.0.1',
    '-cp': String(port + controlOffset),
    '-m': String(calls),
    '-message_file': 'messages',
    // On a busy machine SIPp would end itself for being late.
    '-watchdog_interval': '0',
  };
  const switches = ['-bind_local', '-nostdin', '-trace_msg', '-rfc3339', '-skip_rlimit'];
  const { sipp } = await asteriskRoot();
  const output = join(folder, 'output');
  return keepChild(sipp, [...Object.entries(settings).flat(), ...switches], { folder, output });
}

async function untilBound(child: KeptChild, port: number, folder: string): Promise<void> {
  const late = Date.now() + 10_000;
  while (!(await isBound(port))) {
    if (!child.running() || Date.now() > late) {
      await child.kill();
      const said = await readFile(join(folder, 'output'), 'utf8').catch(() => '');
      throw new Error(`SIPp does not start at port ${port}: ${said.slice(-1500)}`);
    }
    await sleep(10);
  }
}

/** Whether something listens there; asked from the system, since trying the port would be in SIPp's way. */
async function isBound(port: number): Promise<boolean> {
  const wanted = ` 0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  return (await readFile('/proc/net/udp', 'utf8')).includes(wanted);
}

function handles(child: KeptChild, port: number, folder: string, remove: () => Promise<void>): Phone {
  const read = async (exitCode: number | null): Promise<PhoneReport> => {
    const trace = await readFile(join(folder, 'messages'), 'utf8').catch(() => '');
    return summary(callsOf(parseTrace(trace)), exitCode);
  };
  const ended = child.exited.then(async (exitCode) => {
    const seen = await read(exitCode);
    await remove();
    return seen;
  });
  // Whoever asks for the result gets the failure too; nobody has to ask.
  ended.catch(() => undefined);
  const stop = async (): Promise<PhoneReport> => {
    await child.kill();
    return ended;
  };
  const report = (): Promise<PhoneReport> => (child.running() ? read(null) : ended);
  return {
    port,
    pid: child.pid,
    report,
    stop,
    async rang(times = 1, withinMs = 10_000) {
      const late = Date.now() + withinMs;
      for (;;) {
        const { rang } = await report();
        if (rang >= times) return;
        if (Date.now() > late || !child.running())
          throw new Error(`The phone at ${port} rang ${rang} times, not ${times}.`);
        await sleep(20);
      }
    },
    async result(withinMs = 30_000) {
      const inTime = await Promise.race([ended, sleep(withinMs, undefined, { ref: false })]);
      if (inTime !== undefined) return inTime;
      const { calls } = await report();
      throw new Error(
        `The phone at ${port} is not done after ${withinMs} ms; it saw ${JSON.stringify(calls)}`,
      );
    },
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

function summary(calls: readonly PhoneCall[], exitCode: number | null): PhoneReport {
  return {
    exitCode,
    rang: calls.length,
    answered: calls.filter((call) => call.answeredAt !== null).length,
    cancelled: calls.filter((call) => call.cancelledAt !== null).length,
    invites: calls.map((call) => call.invite),
    calls,
  };
}
