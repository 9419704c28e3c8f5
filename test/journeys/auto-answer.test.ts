import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { startGateway } from './gateway.ts';
import { onlyCall, phoneOf } from './phones.ts';

/** How FreePBX gives headers to the phones that it rings: it runs this on each channel before it dials. */
const applySipHeaders = `
[from-internal](+)
exten => _35X,1,Dial(PJSIP/\${EXTEN},15,b(func-apply-sipheaders^s^1))

[func-apply-sipheaders]
exten => s,1,Set(SIPHEADERKEYS=\${HASHKEYS(SIPHEADERS)})
 same => n,While($["\${SET(sipkey=\${SHIFT(SIPHEADERKEYS)})}" != ""])
 same => n,Set(PJSIP_HEADER(add,\${sipkey})=\${HASH(SIPHEADERS,\${sipkey})})
 same => n,EndWhile()
 same => n,Return()
`;

let lab: Asterisk;

beforeAll(async () => {
  lab = await startAsterisk({
    endpoints: [
      { name: '351', context: 'from-internal' },
      { name: '352', context: 'from-internal' },
    ],
    append: { 'extensions.conf': applySipHeaders },
  });
});

afterAll(() => lab.stop());

it.each([
  ['plain', '101', '102'],
  ['freepbx', '351', '352'],
] as const)('on %s the first phone picks up by itself, and the second does not', async (preset, one, two) => {
  await using gateway = await startGateway(lab, { settings: { preset, auto_answer: 'both' } });
  await using first = await phoneOf(lab, one);
  await using second = await phoneOf(lab, two, { hangUpAfterMs: 200 });
  await gateway.click({ dial_first: one, dial_second: two });
  const { headers } = onlyCall(await first.result()).invite;
  expect(headers).toMatchObject({
    'call-info': expect.stringMatching(/^<[^>]+>;answer-after=0$/),
    'alert-info': expect.stringMatching(/^<[^>]+>;info=alert-autoanswer;delay=0$/),
  });
  const heard = onlyCall(await second.result());
  expect(heard.invite.headers).not.toHaveProperty('call-info');
  expect(heard.invite.headers).not.toHaveProperty('alert-info');
});

it.each([
  ['none', false, false],
  ['call-info', true, false],
  ['alert-info', false, true],
] as const)('auto_answer = %s sends what it says', async (auto_answer, callInfo, alertInfo) => {
  await using gateway = await startGateway(lab, { settings: { auto_answer } });
  await using first = await phoneOf(lab, '101', { behaviour: 'busy' });
  await gateway.click({ dial_first: '101', dial_second: '102' });
  const { headers } = onlyCall(await first.result()).invite;
  expect({ callInfo: 'call-info' in headers, alertInfo: 'alert-info' in headers }).toEqual({
    callInfo,
    alertInfo,
  });
});
