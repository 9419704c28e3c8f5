import { describe, expect, it } from 'vitest';
import type { CallPlan } from '../../src/calls/call.ts';
import { planFor } from '../../src/pbx/conformance/test-pbx.ts';
import { readSettings, settingsFor } from '../../src/pbx/settings.ts';
import { openTapped, TARGETS } from './pbxs.ts';

/*
 * Whatever stands in a plan, on the wire of every driver there is the order that was planned or none. Numbers pass a
 * whitelist long before (calls/number.ts): here they do not, as if somebody had taken it away.
 */

const CONTROLS = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter((char) =>
  /\p{Cc}/u.test(char),
);

const ATTACKS = [
  // EDB-18649, the FreePBX of 2012, and its kin in the other dialects.
  '101\r\nApplication: system\r\nData: id',
  '101\n\nbgapi system id\n\n',
  '101\r\n\r\nPOST /ari/channels HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n',
  // A second call beside the first, another technology, context or option (README-SERIOUSLY of Asterisk).
  '101&PJSIP/105',
  '300&Zap/g1/4165551212',
  '105@from-trunk',
  '105/n',
  '105,30,b(default^900^1)',
  '105|105',
  '105:_:user/106',
  '105^system:id',
  // Functions and variables.
  '${SHELL(id)}',
  '$[1+1]',
  '$${domain}',
  "105' inline",
  '105}user/106',
  '^^:a=1',
  '[a=b]105',
  '<a=b>105',
  '105;toll_allow=international',
  // JSON, XML, URLs.
  '105","dial_first":"106',
  '\\',
  '105</dial_second><dial_first>106',
  '105]]><!--',
  '&x;',
  '105&dial_first=106',
  '105%0d%0aX: y',
  '../../channels',
  '105?app=evil#',
  '105 HTTP/1.1',
  // What is no text at all.
  '\ud800',
  '\u2028105',
  ' ',
  '',
];

/** What an ordinary order says, with and without what the fields may add to it. */
const ORDINARY = [
  ['101', '105', {}],
  ['101', '105', { dialAs: '102' }],
  ['101', '105', { callerIdName: 'Alice' }],
  ['101', '105', { callerIdName: '' }],
  ['101', '12125550123', {}],
  ['12125550123', '105', {}],
  ['12125550123', '105', { dialAs: '101' }],
] as const;

const FIELDS = ['first', 'second', 'dialAs', 'callId', 'channelId', 'callerIdName'] as const;

describe.each(TARGETS)('$name', (target) => {
  it.each(FIELDS)('%s holds an attack: the planned order, or none', { timeout: 120_000 }, async (field) => {
    const { box, session, tap } = await openTapped(target);
    // Some speak to the PBX again when the first phone has answered, and when the second has.
    const settled = () => box.calls().every(({ state }) => isSettled(state));
    const known = new Set<string>();
    for (const [first, second, more] of ORDINARY) {
      await session.originate({ ...planFor([first, second]), ...more }).catch(() => undefined);
      await expect.poll(settled, { timeout: 20_000 }).toBe(true);
      for (const each of target.skeleton(tap.taken())) known.add(each);
    }
    expect(known.size).toBeGreaterThan(0);

    const before = box.calls().length;
    const plans = [...ATTACKS, ...CONTROLS.map((char) => `101${char}5`)].map((attack): CallPlan => ({
      ...planFor(['101', '105']),
      [field]: attack,
    }));
    await Promise.allSettled(plans.map((plan) => session.originate(plan)));
    await expect.poll(settled, { timeout: 20_000 }).toBe(true);
    const odd = target
      .skeleton(tap.taken())
      .filter((each) => !known.has(each) && target.asks?.test(each) !== true);
    expect(new Set(odd)).toEqual(new Set());
    const rung = box.calls().slice(before);
    expect(rung.length).toBeLessThanOrEqual(plans.length);
    for (const { first, second } of rung) {
      expect(plans.map((plan) => plan.first)).toContain(first);
      // Empty of a call whose first phone never answered.
      expect(['', ...plans.map((plan) => plan.second)]).toContain(second);
    }
    if (target.dialStrings && (field === 'first' || field === 'second')) expect(rung).toEqual([]);
  });
});

function isSettled(state: string | undefined): boolean {
  return state === undefined || state === 'connected' || state === 'ended';
}

/** What a PBX says that an extension is called, of the length of the name that it has: `Alice`. */
const NAMES = ['\\",b(', '${ID}', "'}{[x", '^|;,:', '&a=b,', '<1>,b', '%0d%0', '\u00c3(\u00a9)^'];

describe.each(TARGETS.filter(({ dialStrings }) => dialStrings))('$name', (target) => {
  it.each(NAMES)('the PBX calls 101 %j: the planned order, or none', async (name) => {
    const plain = await openTapped(target);
    const pair = ['101', '105'] as const;
    await plain.session.originate(planFor(pair));
    await expect.poll(() => plain.box.calls().every(({ state }) => isSettled(state))).toBe(true);
    const known = new Set(target.skeleton(plain.tap.taken()));

    const { box, session, tap } = await openTapped(target, (said) => said.replaceAll('Alice', name));
    await session.originate(planFor(pair)).catch(() => undefined);
    await expect.poll(() => box.calls().every(({ state }) => isSettled(state))).toBe(true);
    expect(target.skeleton(tap.taken()).filter((each) => !known.has(each))).toEqual([]);
    expect(box.calls().map(({ first, second }) => [first, second])).toEqual([pair]);
  });
});

const DRIVERS = TARGETS.filter(({ name }) => name !== 'switchvox with xml');

describe.each(DRIVERS)('settings of $name', ({ driver, settings }) => {
  const texts = settingsFor(driver.manifest, settings).settings.filter(({ type }) => type === 'text');

  it.each(texts)('$name takes no control character', ({ name }) => {
    for (const char of CONTROLS) {
      const given = { host: 'pbx.example.net', ...settings, [name]: `a${char}b` };
      const reading = readSettings(driver.manifest, given);
      expect(reading.ok, JSON.stringify(char)).toBe(false);
    }
  });
});
