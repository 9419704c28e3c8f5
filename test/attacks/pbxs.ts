import { onTestFinished } from 'vitest';
import { createAddressGuard } from '../../src/kit/address-guard.ts';
import { systemClock } from '../../src/kit/clock.ts';
import type { Logger } from '../../src/kit/logger.ts';
import { asteriskAmi } from '../../src/pbx/asterisk-ami/driver.ts';
import { asteriskAri } from '../../src/pbx/asterisk-ari/driver.ts';
import type { PbxDriver, PbxSession, Settings } from '../../src/pbx/contract.ts';
import { freeswitch } from '../../src/pbx/freeswitch/driver.ts';
import { http } from '../../src/pbx/http/driver.ts';
import { READY_MADE } from '../../src/pbx/http/ready-made.ts';
import { CASES } from '../../src/pbx/http/test-cases.ts';
import { startAmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startAriSandbox } from '../../src/pbx/sandbox/ari/ari-sandbox.ts';
import { startFreeswitchSandbox } from '../../src/pbx/sandbox/freeswitch/freeswitch-sandbox.ts';
import { startHttpSandbox } from '../../src/pbx/sandbox/http/http-sandbox.ts';
import { startSwitchvoxSandbox } from '../../src/pbx/sandbox/switchvox/switchvox-sandbox.ts';
import { readSettings } from '../../src/pbx/settings.ts';
import { switchvox } from '../../src/pbx/switchvox/driver.ts';
import { amiSkeleton, eslSkeleton, httpSkeleton } from './skeleton.ts';
import { tapOn, type Tap } from './tap.ts';

const LOGIN = { username: 'c2c', secret: 'canary-7f3a' };
const { username, secret: password } = LOGIN;
const FAST = { pace: 0.03 };

interface Box {
  readonly host: string;
  readonly port: number;
  calls(): readonly { readonly first: string; readonly second: string; readonly state?: string }[];
  close(): Promise<void>;
}

/** One kind of PBX with everything that an attack on it needs to know. */
export interface Target {
  readonly name: string;
  readonly driver: PbxDriver;
  readonly start: () => Promise<Box>;
  readonly settings: Readonly<Record<string, string>>;
  readonly skeleton: (wire: string) => string[];
  /** Where a number is part of a dial string: what is none rings nobody. Elsewhere it arrives as it is. */
  readonly dialStrings: boolean;
  /** The skeletons of what is asked about calls now and then, and carries no field of an order. */
  readonly asks?: RegExp;
}

/** What a PBX is asked of its calls comes when it comes, and says nothing of a plan. */
const ORDERS_ALONE = { follow_calls: 'false' };

export const TARGETS: readonly Target[] = [
  {
    name: 'asterisk-ami',
    driver: asteriskAmi,
    start: () => startAmiSandbox({ ...LOGIN, ...FAST }),
    settings: LOGIN,
    skeleton: amiSkeleton,
    dialStrings: true,
    asks: /^Action: Getvar,ActionID,Variable DEVICE_STATE$/,
  },
  {
    name: 'asterisk-ari',
    driver: asteriskAri,
    start: () => startAriSandbox({ username, password, ...FAST }),
    settings: { username, password },
    skeleton: httpSkeleton,
    dialStrings: true,
  },
  {
    name: 'freeswitch',
    driver: freeswitch,
    start: () => startFreeswitchSandbox({ password, domain: 'box.test', ...FAST }),
    settings: { password, domain: 'box.test' },
    skeleton: eslSkeleton,
    dialStrings: true,
  },
  ...(['json', 'xml'] as const).map((format): Target => ({
    name: `switchvox with ${format}`,
    driver: switchvox,
    start: () => startSwitchvoxSandbox({ username, password, variant: { auth: 'digest' }, ...FAST }),
    settings: {
      username,
      password,
      tls: 'false',
      auth: 'digest',
      format,
      call_id_variable: 'c2c_id',
      ...ORDERS_ALONE,
    },
    skeleton: httpSkeleton,
    dialStrings: false,
    asks: /\{request\{(?:method,parameters|parameters,@_method)\}\}$/,
  })),
  ...Object.entries(CASES).map(([template, { settings }]): Target => ({
    name: `http with ${template}`,
    driver: http,
    start: () => startHttpSandbox({ template, ...LOGIN, ...FAST }),
    settings: {
      ...settings,
      template,
      tls: 'false',
      ...(READY_MADE[template]?.template.status === undefined ? {} : ORDERS_ALONE),
    },
    skeleton: httpSkeleton,
    dialStrings: false,
  })),
];

/** A session with a PBX in the box, over a wire that is tapped. All of it ends with the test. */
export async function openTapped(
  { driver, start, settings }: Target,
  rewrite?: (said: string) => string,
): Promise<{ box: Box; session: PbxSession; tap: Tap }> {
  const box = await start();
  onTestFinished(() => box.close());
  const tap = await tapOn(box, rewrite);
  const session = driver.open(readWhole(driver, { ...settings, host: '127.0.0.1', port: String(tap.port) }), {
    clock: systemClock,
    log: SILENT,
    guard: createAddressGuard(true, []),
    emit: () => undefined,
  });
  onTestFinished(() => session.close());
  return { box, session, tap };
}

const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => SILENT,
};

function readWhole(driver: PbxDriver, given: Readonly<Record<string, string>>): Settings {
  const reading = readSettings(driver.manifest, given);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.settings;
}
