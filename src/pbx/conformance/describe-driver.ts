import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallPlan } from '../../calls/call.ts';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { systemClock } from '../../kit/clock.ts';
import type { Logger } from '../../kit/logger.ts';
import {
  isEndOf,
  PbxError,
  type PbxDriver,
  type PbxEvent,
  type PbxSession,
  type Settings,
} from '../contract.ts';
import { readSettings } from '../settings.ts';
import { describeCalls } from './describe-calls.ts';
import { describeHangUp } from './describe-hang-up.ts';
import { planFor, type StartPbx, type Trouble } from './test-pbx.ts';

export type { StartPbx, Trouble } from './test-pbx.ts';

/** The suite that every driver passes: the promises of `contract.ts`, on the wire. */
export function describeDriver(driver: PbxDriver, startPbx: StartPbx): void {
  const { id } = driver.manifest;
  const connectsToUs = driver.files !== undefined;
  /** Until a link is up again. We let a PBX in once a second. */
  const again = { timeout: connectsToUs ? 10_000 : 1_000 };

  async function open(trouble: Trouble = 'none') {
    const pbx = await startPbx(trouble);
    const events: PbxEvent[] = [];
    const written: string[] = [];
    const settings = settingsFor(driver, pbx.settings);
    const session = driver.open(settings, {
      clock: systemClock,
      log: recorder(written),
      guard: createAddressGuard(true, []),
      emit: (event) => events.push(event),
      ...(pbx.inbound && { inbound: pbx.inbound }),
    });
    onTestFinished(async () => {
      await session.close();
      await pbx.close();
      expect(written.join('\n'), 'secrets never appear in a log').not.toContain(pbx.secret);
    });
    return { pbx, session, settings, events };
  }

  /** The order after one that broke the link: taken at once, or by a PBX that connects to us as soon as it is back. */
  async function orderNext(session: PbxSession, plan: CallPlan): Promise<void> {
    if (!connectsToUs) return void (await session.originate(plan));
    let outcome = '';
    const order = async () => (outcome = await session.originate(plan).then(() => 'taken', phaseOf));
    await expect.poll(order, again).not.toBe('before_send');
    expect(outcome).toBe('taken');
  }

  describe(`${id}: an order that the PBX takes`, () => {
    it('resolves with everything that was said, and the first phone rings once', async () => {
      const { pbx, session } = await open();
      const plan = planFor(pbx.numbers.good);
      const exchange = await session.originate(plan);
      expect(exchange.map((frame) => frame.direction)).toContain('sent');
      expect(exchange.at(-1)?.direction).toBe('received');
      expect(exchange.every((frame, i) => frame.atMicros >= (exchange[i - 1]?.atMicros ?? 0))).toBe(true);
      await expect.poll(() => pbx.rang(plan.channelId, plan.second)).toBe(1);
    });

    it.each(['events_before_reply', 'split_bytes', 'slow_login', 'flood'] as const)(
      'is taken the same with %s',
      async (trouble) => {
        const { pbx, session } = await open(trouble);
        const plan = planFor(pbx.numbers.good);
        await session.originate(plan);
        await expect.poll(() => pbx.rang(plan.channelId, plan.second)).toBe(1);
      },
    );

    it('shares one session with many others at the same time', async () => {
      const { pbx, session } = await open();
      const plans = Array.from({ length: 20 }, () => planFor(pbx.numbers.good));
      await Promise.all(plans.map((plan) => session.originate(plan)));
      for (const plan of plans) await expect.poll(() => pbx.rang(plan.channelId, plan.second)).toBe(1);
    });
  });

  const { checksSecond, looksUp, reportsEnd, reportsLegs, hangsUp } = driver.manifest.capabilities;
  if (looksUp) {
    describe(`${id}: a call under way`, () => {
      it('is known to the PBX by the channel id that we chose, until it ends', async () => {
        const { pbx, session } = await open();
        const plan = planFor(pbx.numbers.good);
        expect(await session.lookUp(plan.channelId)).toBe('gone');
        await session.originate(plan);
        await expect.poll(() => session.lookUp(plan.channelId)).toBe('alive');
        await pbx.endCalls();
        await expect.poll(() => session.lookUp(plan.channelId)).toBe('gone');
      });
    });
  }

  if (reportsEnd) {
    describe(`${id}: what it hears`, () => {
      it('tells the end of a call', async () => {
        const { pbx, session, events } = await open();
        const plan = planFor(pbx.numbers.good);
        await session.originate(plan);
        await expect.poll(() => pbx.rang(plan.channelId, plan.second)).toBe(1);
        await pbx.endCalls();
        const ended = () => events.some((event) => isEndOf(event, plan.channelId));
        await expect.poll(ended).toBe(true);
      });

      it('hears again after a cut, and says so where it may have missed something', async () => {
        const { pbx, session, events } = await open();
        const plan = planFor(pbx.numbers.good);
        await session.originate(plan);
        await pbx.cut();
        if (pbx.isPolled === true) await pbx.endCalls();
        const heard = (event: PbxEvent) =>
          pbx.isPolled === true ? isEndOf(event, plan.channelId) : event.type === 'resumed';
        await expect.poll(() => events.some(heard), { timeout: 5_000 }).toBe(true);
      });
    });
  }

  if (reportsLegs) describeCalls(driver, open);
  if (hangsUp) describeHangUp(driver, open);

  describe(`${id}: an order that the PBX does not take`, () => {
    it.each([
      ['refused', 'refused'],
      ['denied', 'refused'],
      ['inDoubt', 'in_doubt'],
    ] as const)(
      '%s: fails in the phase %s, with the words of the PBX and a remedy',
      async (numbers, phase) => {
        const { pbx, session } = await open();
        const error = await failure(session.originate(planFor(pbx.numbers[numbers])));
        expect(error).toMatchObject({ phase });
        expect(error.said).not.toBe('');
        expect(error.remedy).toMatch(/\.$/);
        expect(error.exchange.some((frame) => frame.direction === 'sent')).toBe(true);
      },
    );

    it('in doubt: is never tried again by itself', async () => {
      const { pbx, session } = await open();
      const plan = planFor(pbx.numbers.inDoubt);
      await failure(session.originate(plan));
      expect(await pbx.rang(plan.channelId, plan.second)).toBeLessThanOrEqual(1);
      await orderNext(session, planFor(pbx.numbers.good));
      expect(await pbx.rang(plan.channelId, plan.second)).toBeLessThanOrEqual(1);
    });

    it.each(['cut_mid_answer', 'never_answers', 'huge_answer'] as const)(
      'in doubt with %s: told so in time, and not tried again',
      { timeout: 60_000 },
      async (trouble) => {
        const { pbx, session } = await open(trouble);
        const plan = planFor(pbx.numbers.good);
        expect(await failure(session.originate(plan))).toMatchObject({
          phase: 'in_doubt',
          code: 'pbx_in_doubt',
        });
        expect(await pbx.rang(plan.channelId, plan.second)).toBeLessThanOrEqual(1);
      },
    );

    it('garbage: is an error within seconds, and the next order is taken', { timeout: 40_000 }, async () => {
      const { pbx, session } = await open();
      const error = await failure(session.originate(planFor(pbx.numbers.garbage)));
      expect(['in_doubt', 'refused']).toContain(error.phase);
      await orderNext(session, planFor(pbx.numbers.good));
    });
  });

  describe(`${id}: a PBX that can't be used`, () => {
    it('not there: nothing was sent, and it is told at once, in the words of the network', async () => {
      const { pbx, session } = await open('not_there');
      const askedMs = systemClock.monotonicMs();
      const error = await failure(session.originate(planFor(pbx.numbers.good)));
      expect(systemClock.monotonicMs() - askedMs).toBeLessThan(2_000);
      expect(error).toMatchObject({ phase: 'before_send', code: 'pbx_unreachable' });
      expect(error.said).toMatch(connectsToUs ? /is not connected/ : /ECONNREFUSED|refused/);
    });

    // Whoever connects to us without being let in is as good as not there.
    it('wrong secret: nothing was sent, and the secret stands in no error and no exchange', async () => {
      const { pbx, session } = await open('wrong_secret');
      const error = await failure(session.originate(planFor(pbx.numbers.good)));
      expect(error.code).toBe(connectsToUs ? 'pbx_unreachable' : 'pbx_login_refused');
      // Where each order carries its own login, the order itself is what is refused.
      expect(['before_send', 'refused']).toContain(error.phase);
      const { exchange, said, remedy, stack } = error;
      expect(JSON.stringify({ exchange, said, remedy, stack })).not.toContain(pbx.secret);
    });

    it('another certificate: nothing was sent', async () => {
      const { pbx, session } = await open('other_certificate');
      const error = await failure(session.originate(planFor(pbx.numbers.good)));
      const code = connectsToUs ? 'pbx_unreachable' : 'pbx_tls';
      expect(error).toMatchObject({ phase: 'before_send', code });
    });

    it('link cut: the next order goes over a new one', async () => {
      const { pbx, session } = await open();
      await session.originate(planFor(pbx.numbers.good));
      await pbx.cut();
      const plan = planFor(pbx.numbers.good);
      await expect.poll(() => session.originate(plan).then(() => 'taken', phaseOf), again).toBe('taken');
      await expect.poll(() => pbx.rang(plan.channelId, plan.second)).toBe(1);
    });

    it('closed while it connects, and closed twice: ends what waits, and throws nothing else', async () => {
      const { pbx, session } = await open('slow_login');
      const waiting = failure(session.originate(planFor(pbx.numbers.good)));
      await session.close();
      await session.close();
      expect((await waiting).phase).toBe('before_send');
    });
  });

  if (driver.manifest.capabilities.dialsAs) {
    describe(`${id}: dial as`, () => {
      it(`may dial as an extension with other rights${checksSecond ? ', and no others' : ''}`, async () => {
        const { pbx, session } = await open();
        const { known, privileged, outside } = pbx.extensions;
        // A PBX that can't be asked beforehand takes the order, and refuses it by its dialplan when the first has answered.
        const own = await session.originate(planFor([known, outside])).then(
          () => 'taken',
          (error: unknown) => (error instanceof PbxError ? `${error.phase} ${error.code}` : String(error)),
        );
        expect(own).toBe(checksSecond ? 'refused extension_unknown' : 'taken');
        await session.originate({ ...planFor([known, outside]), dialAs: privileged });
      });

      it('names an extension that does not exist, and rings nobody', async () => {
        const { pbx, session } = await open();
        const plan = { ...planFor(pbx.numbers.good), dialAs: pbx.extensions.unknown };
        const error = await failure(session.originate(plan));
        if (pbx.seesExtensionsInOrdersAlone) {
          expect(error).toMatchObject({ phase: 'refused', remedy: expect.stringContaining('dial_as') });
        } else {
          expect(error).toMatchObject({ phase: 'before_send', code: 'dial_as_unknown' });
          expect(error.said).toContain(pbx.extensions.unknown);
        }
        expect(await pbx.rang(plan.channelId, plan.second)).toBe(0);
      });

      it('needs to be said where the first number is no extension', async () => {
        const { pbx, session } = await open();
        const { outside, known } = pbx.extensions;
        expect(await failure(session.originate(planFor([outside, known])))).toMatchObject(
          pbx.seesExtensionsInOrdersAlone ? { phase: 'refused' } : { code: 'dial_as_unknown' },
        );
      });
    });
  }

  describe(`${id}: the doctor`, () => {
    it('finds a good PBX good, one finding at a time', async () => {
      const { pbx, session } = await open();
      const findings = await Array.fromAsync(session.examine(pbx.extensions.known));
      expect(findings.length).toBeGreaterThan(2);
      expect(findings.filter((finding) => finding.level !== 'ok')).toEqual([]);
    });

    it.each(['not_there', 'wrong_secret'] as const)(
      '%s: ends in an error with its remedy',
      async (trouble) => {
        const { pbx, session } = await open(trouble);
        // Some APIs have no harmless request but one about an extension.
        const findings = await Array.fromAsync(session.examine(pbx.extensions.known));
        expect(findings.at(-1)).toMatchObject({ level: 'error', remedy: expect.stringMatching(/\w/) });
        expect(findings.slice(0, -1).every((finding) => finding.level === 'ok')).toBe(true);
      },
    );

    it('says of an extension that it does not exist, or that this can not be known', async () => {
      const { pbx, session } = await open();
      const findings = await Array.fromAsync(session.examine(pbx.extensions.unknown));
      const level = pbx.seesExtensionsInOrdersAlone ? 'ok' : 'error';
      expect(
        findings.filter((finding) => finding.level === 'error' || finding.check === 'extension'),
      ).toEqual([
        expect.objectContaining({
          check: 'extension',
          level,
          says: expect.stringContaining(pbx.extensions.unknown),
        }),
      ]);
    });
  });

  describe(`${id}: its description of itself`, () => {
    it('gives every setting a name, a help, and a default or the duty to give one', () => {
      for (const setting of driver.manifest.settings) {
        expect(setting.help, setting.name).toMatch(/\.$/);
        expect(setting.name).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(setting.required === true || setting.default !== undefined, setting.name).toBe(true);
      }
    });

    it('has a setup guide that names every setting that must be given', () => {
      for (const setting of driver.manifest.settings.filter((each) => each.required === true)) {
        expect(driver.manifest.guide).toContain(`${setting.name}=`);
      }
    });
  });
}

function settingsFor(driver: PbxDriver, given: Readonly<Record<string, string>>): Settings {
  const reading = readSettings(driver.manifest, given);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.settings;
}

async function failure(work: Promise<unknown>): Promise<PbxError> {
  const error = await work.then(
    () => new Error('It was taken.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof PbxError)) throw error;
  return error;
}

function phaseOf(error: unknown): string {
  return error instanceof PbxError ? error.phase : String(error);
}

function recorder(written: string[]): Logger {
  const write = (fields: object, message: string) =>
    void written.push(message, JSON.stringify(fields), String(Object.values(fields)));
  const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log };
  return log;
}
