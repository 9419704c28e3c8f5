import type { Policy } from '../../contract/v3/policy.ts';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../contract/default-policy.ts';
import type { Numbering } from './policy/policy.ts';
import { planCall, type CallRequest, type PbxFacts } from './plan-call.ts';

const MAIN: PbxFacts = { id: 'p1', name: 'main', kind: 'asterisk', namesAllowed: false };
const BRANCH: PbxFacts = { id: 'p2', name: 'Branch', kind: 'asterisk', namesAllowed: true };
const BOX: PbxFacts = { id: 'p3', name: 'box', kind: 'switchvox', namesAllowed: false };
const GOOD: CallRequest = { dialFirst: '101', dialSecond: '+1 (555) 123-4567' };

/** A world of one country, where every number is a fixed-line one. */
const PLANS: Numbering = {
  countries: ['US'],
  read: (digits) => ({ e164: `+${digits.replace('+', '')}`, country: 'US', type: 'fixed' }),
};

function plan(
  request: CallRequest,
  pbxs: readonly PbxFacts[] = [MAIN, BRANCH, BOX],
  rules: Partial<Policy> = {},
) {
  const policy = { ...DEFAULT_POLICY, ...rules };
  return planCall('id-1', request, pbxs, { policy, numbering: PLANS, nowMicros: 0 });
}

function refusals(request: CallRequest, pbxs?: readonly PbxFacts[], rules?: Partial<Policy>): string[] {
  const planning = plan(request, pbxs, rules);
  return planning.ok ? [] : planning.refusals.map((refusal) => `${refusal.code}: ${refusal.message}`);
}

describe('planCall', () => {
  it('plans a call with the defaults of the documented API', () => {
    expect(plan(GOOD)).toEqual({
      ok: true,
      judged: {
        first: {
          isAllowed: true,
          readAs: { type: 'extension', e164: null, country: null },
          rule: undefined,
          because: 'it is an extension',
        },
        second: {
          isAllowed: true,
          readAs: { type: 'fixed', e164: '+15551234567', country: 'US' },
          rule: undefined,
          because: 'nothing in the policy speaks against it',
        },
      },
      pbx: MAIN,
      because: 'default',
      plan: {
        callId: 'id-1',
        channelId: 'c2c-id-1',
        first: '101',
        second: '+15551234567',
        dialAs: undefined,
        timeoutSeconds: 30,
      },
    });
  });

  it.each([
    [undefined, MAIN, 'default'],
    ['asterisk', MAIN, 'kind'],
    ['ASTERISK', MAIN, 'kind'],
    ['Switchvox', BOX, 'kind'],
    ['branch', BRANCH, 'name'],
    ['p3', BOX, 'id'],
  ])('takes pbx=%s for the PBX meant, and says why', (pbx, expected, because) => {
    expect(plan({ ...GOOD, pbx })).toMatchObject({ ok: true, pbx: expected, because });
  });

  it.each(['', '   ', 'a\nb', 'x'.repeat(81)])('refuses the caller ID name %j', (callerIdName) => {
    expect(plan({ ...GOOD, callerIdName })).toMatchObject({
      ok: false,
      refusals: [{ code: 'parameter_invalid', field: 'caller_id_name' }],
    });
  });

  it('passes a caller ID name on', () => {
    expect(plan({ ...GOOD, callerIdName: ' Zoë & Söhne ' })).toMatchObject({
      plan: { callerIdName: 'Zoë & Söhne' },
    });
  });

  it('names the field of each thing that is wrong', () => {
    const planning = plan({ dialFirst: 'x y', dialAs: '', timeout: '0', pbx: 'none' });
    expect(planning.ok ? [] : planning.refusals.map(({ field }) => field)).toEqual([
      'pbx',
      'dial_first',
      'dial_second',
      'dial_as',
      'timeout',
    ]);
  });

  it('puts the name of a PBX before the name of a kind', () => {
    const named = { ...BOX, name: 'asterisk' };
    expect(plan({ ...GOOD, pbx: 'asterisk' }, [MAIN, named])).toMatchObject({ pbx: named });
  });

  it('says which PBXs there are when the one asked for is not among them', () => {
    expect(refusals({ ...GOOD, pbx: 'brnch' })).toEqual([
      'pbx_unknown: pbx: this account has no PBX named "brnch"; ' +
        'give one of asterisk, switchvox, main, Branch, box. Did you mean Branch?',
    ]);
    expect(refusals({ ...GOOD, pbx: 'other' })).toEqual([
      'pbx_unknown: pbx: this account has no PBX of the kind "other"; give one of asterisk, switchvox, main, Branch, box.',
    ]);
    expect(refusals(GOOD, [])).toEqual([
      'pbx_unknown: pbx: this account has no PBX of the kind "asterisk"; add one with: click2call pbx add.',
    ]);
  });

  it('names everything that is wrong at once', () => {
    expect(refusals({ dialSecond: '10&1', dialAs: '', timeout: '0' })).toEqual([
      'parameter_missing: dial_first is missing; give a number such as 101 or +15551234567.',
      'parameter_invalid: dial_second contains "&", which can\'t be dialled; use digits, *, # and +.',
      'parameter_invalid: dial_as is empty; give a number such as 101 or +15551234567.',
      'parameter_invalid: timeout is "0"; give whole seconds from 1 to 600.',
    ]);
  });

  it.each(['1', '30', '600'])('takes a timeout of %s', (timeout) => {
    expect(plan({ ...GOOD, timeout })).toMatchObject({ plan: { timeoutSeconds: Number(timeout) } });
  });

  it.each(['', '0', '-1', '601', '1e3', '1.5', ' 30', '0x10', '999999999999', '\u0663'])(
    'refuses a timeout of %j',
    (timeout) => {
      expect(refusals({ ...GOOD, timeout })).toEqual([
        `parameter_invalid: timeout is ${JSON.stringify(timeout)}; give whole seconds from 1 to 600.`,
      ]);
    },
  );

  it('takes names of extensions where the chosen PBX allows them', () => {
    expect(
      plan({ dialFirst: 'alice', dialSecond: 'sales.desk', dialAs: 'boss', pbx: 'branch' }),
    ).toMatchObject({
      plan: { first: 'alice', second: 'sales.desk', dialAs: 'boss' },
    });
    expect(refusals({ dialFirst: 'alice', dialSecond: '102' })).toHaveLength(1);
  });

  it('refuses what the policy does not allow, and names the field and the rule', () => {
    expect(
      refusals({ ...GOOD, dialAs: '105' }, undefined, { countries_denied: ['US'], dial_as: ['1xx as 201'] }),
    ).toEqual([
      'policy_refused: dial_second is refused: it is in United States (US) (rule countries_denied); ' +
        "give another one, or let the account's owner change its dial policy.",
      'policy_refused: dial_as is refused: 101 may not dial as 105 (rule dial_as); ' +
        "give another one, or let the account's owner change its dial policy.",
    ]);
    expect(refusals({ ...GOOD, dialAs: '201' }, undefined, { dial_as: ['1xx as 201'] })).toEqual([]);
  });
});
