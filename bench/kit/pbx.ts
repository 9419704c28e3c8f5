import { setTimeout as sleep } from 'node:timers/promises';
import { startAsterisk, type Asterisk } from '../../test/lab/asterisk.ts';
import { amiPbx, ASTERISK_CALLS, type BenchPbx } from './account.ts';
import { openCallCount, type CallCount } from './call-count.ts';
import type { AmiJob } from './load.ts';
import { originateFrame } from './originate-frame.ts';

/** The lab's real Asterisk, for benches. */
export interface Pbx extends AsyncDisposable {
  readonly account: BenchPbx;
  /** The same Asterisk, which tells nothing of its calls: its manager user may read none of it. */
  readonly untold: BenchPbx;
  /** The same Asterisk by ARI. */
  readonly ari: BenchPbx;
  /** An originate straight to it, as an `AmiJob` needs it. */
  readonly direct: Pick<AmiJob, 'port' | 'username' | 'secret' | 'frame'>;
  /**
   * Waits until no call is left: an Asterisk that is piled upon runs out of descriptors, and a round must not pay for
   * the calls of the one before.
   * @throws Error where Asterisk has died, or the calls do not end
   */
  drain(): Promise<void>;
}

/** The first leg (extension 100 of the lab) answers at once; the second hangs up, and so the call is over. */
const DIALPLAN = `
[default](+)
exten => 199,1,Hangup()
exten => 198,1,Answer()
same => n,Wait(10)
`;
/** By ARI the steps of a call are ours: a first leg that is gone before them, as 100 is under load, would be no call. */
const FIRST_OF_ARI = { first_channel: 'Local/198@default/n' };

const DRAIN_MS_MAX = 60_000;
/** So many looks in a row must find nothing: an order that was taken may not have its channel yet. */
const QUIET_LOOKS = 3;
const LOOK_EVERY_MS = 20;

export async function startPbx(): Promise<Pbx> {
  await using stack = new AsyncDisposableStack();
  const lab = stack.use(await startAsterisk({ append: { 'extensions.conf': DIALPLAN } }));
  const user = lab.amiUsers.lean;
  const count = stack.use(await openCallCount(lab.amiPort, user));
  const kept = stack.move();
  return {
    account: amiPbx('main', lab.amiPort, user),
    untold: amiPbx('main', lab.amiPort, lab.amiUsers.deaf),
    ari: ariPbx(lab),
    direct: { port: lab.amiPort, ...user, frame: originateFrame() },
    drain: () => drain(lab, count),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function ariPbx({ httpPort, ariUser }: Asterisk): BenchPbx {
  const login = { username: ariUser.username, password: ariUser.secret };
  return {
    name: 'main',
    driver: 'asterisk-ari',
    settings: { host: '127.0.0.1', port: httpPort, ...login, ...ASTERISK_CALLS, ...FIRST_OF_ARI },
  };
}

async function drain(lab: Asterisk, count: CallCount): Promise<void> {
  const late = performance.now() + DRAIN_MS_MAX;
  for (let quiet = 0; quiet < QUIET_LOOKS; await sleep(LOOK_EVERY_MS)) {
    const channels = await count.channels().catch(async (error: unknown) => {
      throw new Error(`Asterisk has died:\n${(await lab.log()).slice(-3000)}`, { cause: error });
    });
    quiet = channels === 0 ? quiet + 1 : 0;
    if (performance.now() > late) throw new Error(`${channels} channels of the last round do not end.`);
  }
}
