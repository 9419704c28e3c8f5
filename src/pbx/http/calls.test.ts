import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallPlan } from '../../calls/call.ts';
import { startHttpSandbox } from '../sandbox/http/http-sandbox.ts';
import { capabilitiesOf, type Explanation, type PbxSession } from '../contract.ts';
import { manifest } from './manifest.ts';
import { CHANNEL, failureOf, planOf, startClick, toldBy } from './test-click.ts';
import { wazo as wazoTemplate } from './templates/wazo.ts';

const wazo = { username: 'click2call', password: 'sandbox', users: '101=u101', contexts: '*=internal' };
const kazoo = { account_id: 'acc0unt', api_key: 'sandbox', users: '101=u101' };
const jambonz = {
  account_sid: 'acc0unt',
  api_key: 'sandbox',
  application_sid: 'app',
  from: '+15550001',
  sip_realm: 'acme.sip.example.net',
};

function inFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'c2c-template-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'ours.json');
  writeFileSync(path, text);
  return path;
}

function hangUp(session: PbxSession, channelId = CHANNEL): Promise<unknown> {
  return session.hangUp?.(channelId) ?? Promise.reject(new Error('It can not end a call.'));
}

function explain(session: PbxSession, plan: CallPlan): Promise<Explanation> {
  return session.explain?.(plan) ?? Promise.reject(new Error('It can not explain an order.'));
}

describe('what a template can tell of a call', () => {
  it.each([
    [{ template: 'wazo' }, { reportsEnd: true, hangsUp: true }],
    [
      { template: 'wazo', follow_calls: false },
      { reportsEnd: false, hangsUp: true },
    ],
    [{ template: 'jambonz' }, { reportsEnd: true, hangsUp: true }],
    [{ template: '3cx' }, { reportsEnd: false, hangsUp: true }],
    [{ template: 'kazoo' }, { reportsEnd: false, hangsUp: false }],
    [
      { template: 'kazoo', konami: true },
      { reportsEnd: false, hangsUp: true },
    ],
    [{ template: 'cisco-webdialer' }, { reportsEnd: false, hangsUp: false }],
    [
      { template: 'cisco-webdialer', end_line: true },
      { reportsEnd: false, hangsUp: true },
    ],
    [{ template: 'yeastar-p' }, { reportsEnd: false, hangsUp: false }],
    [{ template: 'grandstream-ucm' }, { reportsEnd: false, hangsUp: false }],
    [{ template: 'fusionpbx' }, { reportsEnd: false, hangsUp: false }],
  ])('%j: %j', (settings, capabilities) => {
    expect(capabilitiesOf(manifest, settings)).toMatchObject(capabilities);
    expect(capabilitiesOf(manifest, settings)).toMatchObject({
      reportsLegs: false,
      reportsCause: false,
      reportsWhoHungUp: false,
    });
  });
});

describe('a call that is followed', () => {
  it('is alive until the PBX does not know it, and unknown where it was not ordered here', async () => {
    const { pbx, session, events } = startClick(await startHttpSandbox({ template: 'wazo' }), wazo);
    await session.originate(planOf('101', '105'));
    expect(await session.lookUp(CHANNEL)).toBe('alive');
    expect(await session.lookUp('c2c-other')).toBe('unknown');
    pbx.endCalls();
    await expect.poll(() => toldBy(events)).toContain('ended');
    expect(await session.lookUp(CHANNEL)).toBe('unknown');
  });

  it('keeps a PBX that can not be asked for it in mind, and says when it could be again', async () => {
    const { pbx, session, events } = startClick(await startHttpSandbox({ template: 'wazo' }), wazo);
    await session.originate(planOf('101', '105'));
    await expect.poll(() => toldBy(events)).toEqual(['first ringing']);
    pbx.faults.knowsNoToken = true;
    await expect
      .poll(() => failureOf(session.lookUp(CHANNEL)))
      .toMatchObject({ code: 'pbx_login_refused', said: 'Unauthorized' });
    delete pbx.faults.knowsNoToken;
    await expect.poll(() => toldBy(events)[1]).toBe('resumed');
    expect(await session.lookUp(CHANNEL)).toBe('alive');
  });

  it('goes on with a new login where the old one lapsed', async () => {
    const { pbx, session, events } = startClick(await startHttpSandbox({ template: 'wazo' }), wazo);
    await session.originate(planOf('101', '105'));
    pbx.expireTokens();
    pbx.endCalls();
    await expect.poll(() => toldBy(events)).toContain('ended');
    expect(toldBy(events)).not.toContain('resumed');
  });

  it('shows the answer that says so, without the token', async () => {
    const { session, events } = startClick(await startHttpSandbox({ template: 'wazo' }), wazo);
    await session.originate(planOf('101', '105'));
    await expect.poll(() => events).not.toEqual([]);
    const [event] = events;
    expect(event).toMatchObject({ type: 'call', channelId: CHANNEL, frame: { direction: 'received' } });
    expect(JSON.stringify(event)).toContain('Ringing');
    expect(JSON.stringify(event)).not.toContain('token-1');
  });

  it('can not be, without an id of the PBX: nobody can tell what becomes of it', async () => {
    const template = inFile(JSON.stringify({ ...wazoTemplate, call_id: { json: '/nowhere' } }));
    const pbx = await startHttpSandbox({ template: 'wazo' });
    const { session, events } = startClick(pbx, { ...wazo, template });
    await session.originate(planOf('101', '105'));
    expect(toldBy(events)).toEqual(['untold cannot_tell']);
    expect(await session.lookUp(CHANNEL)).toBe('unknown');
    expect(await failureOf(hangUp(session))).toMatchObject({
      code: 'pbx_cannot',
    });
  });

  it('is not, where the administrator does not want it', async () => {
    const { pbx, session, events } = startClick(await startHttpSandbox({ template: 'wazo' }), {
      ...wazo,
      follow_calls: false,
    });
    await session.originate(planOf('101', '105'));
    await setTimeout(150);
    expect(pbx.requests()).toHaveLength(2);
    expect(events).toEqual([]);
    await hangUp(session);
    await expect.poll(() => pbx.calls()).toMatchObject([{ state: 'ended' }]);
  });
});

describe('a call that is ended', () => {
  it('must be one that was ordered here', async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'jambonz' }), jambonz);
    expect(await failureOf(hangUp(session, 'c2c-other'))).toMatchObject({
      phase: 'before_send',
      code: 'pbx_cannot',
      said: "The PBX's own id of this call is not known here (any more), so it can not be ended from here",
    });
  });

  it("is not, where the PBX refuses: in the PBX's words", async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'wazo' }), wazo);
    await session.originate(planOf('101', '105'));
    pbx.faults.knowsNoToken = true;
    expect(await failureOf(hangUp(session))).toMatchObject({
      phase: 'refused',
      code: 'pbx_login_refused',
      said: 'Unauthorized',
      remedy: 'Give the user of the setting username the access calld.calls.*.delete.',
    });
  });
});

describe('an order that is explained', () => {
  it('is the request that would be sent, without its secrets, and nothing rings', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'kazoo' }), kazoo);
    const explanation = await explain(session, { ...planOf('101', '105'), callerIdName: 'Miller' });
    expect(explanation).toMatchObject({ dialAs: '101', exchange: [] });
    expect(explanation.order).toBe(
      'POST /v2/accounts/acc0unt/users/u101/quickcall/105\ncontent-type: application/json\nx-auth-token: ***\n\n' +
        '{"data":{"timeout":30,"auto_answer":false,"cid-name":"Miller",' +
        '"custom_application_vars":{"click2call_id":"01990000-0000-7000-8000-000000000001"}}}',
    );
    expect(pbx.calls()).toEqual([]);
  });

  it('hides what logs in beside it too', async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'jambonz' }), jambonz);
    const explanation = await explain(session, planOf('101', '105'));
    expect(explanation.order).toContain('POST /v1/Accounts/acc0unt/Calls\n');
    expect(explanation.order).toContain('authorization: ***');
    expect(JSON.stringify(explanation)).not.toContain('sandbox');
    expect(explanation.dialAs).toBeUndefined();
  });

  it('says what can not be ordered, as an order would', async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'kazoo' }), kazoo);
    expect(await failureOf(explain(session, planOf('101', '105', '102')))).toMatchObject({
      phase: 'before_send',
      code: 'parameter_invalid',
    });
    expect(await failureOf(explain(session, planOf('103', '105')))).toMatchObject({
      phase: 'before_send',
      code: 'dial_as_unknown',
    });
  });
});
