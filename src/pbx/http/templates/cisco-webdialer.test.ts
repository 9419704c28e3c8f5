import { describe, expect, it } from 'vitest';
import { startHttpSandbox } from '../../sandbox/http/http-sandbox.ts';
import { CHANNEL, failureOf, planOf, startClick, written } from '../test-click.ts';

const settings = {
  username: 'click2call',
  password: 'sandbox',
  users: '101=alice,102=bob',
  devices: '101=SEP000000000101,102=SEP000000000102',
};

describe('cisco-webdialer', () => {
  it("makes the call from the user's phone", async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'cisco-webdialer' }), settings);
    await session.originate(planOf('101', '105'));
    expect(pbx.requests().map(written)).toEqual([
      'POST /webdialer/services/WebdialerSoapService70\ncontent-type: text/xml; charset=utf-8\nsoapaction: ""\n\n' +
        '<?xml version="1.0" encoding="UTF-8"?>' +
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:urn="urn:WD70" ' +
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
        '<soapenv:Header/><soapenv:Body>' +
        '<urn:makeCallSoap soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">' +
        '<in0 xsi:type="urn:Credential"><userID xsi:type="xsd:string">click2call</userID>' +
        '<password xsi:type="xsd:string">sandbox</password></in0>' +
        '<in1 xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xsi:type="soapenc:string">105</in1>' +
        '<in2 xsi:type="urn:UserProfile"><user xsi:type="xsd:string">alice</user>' +
        '<deviceName xsi:type="xsd:string">SEP000000000101</deviceName>' +
        '<lineNumber xsi:type="xsd:string">101</lineNumber></in2>' +
        '</urn:makeCallSoap></soapenv:Body></soapenv:Envelope>',
    ]);
  });

  it("ends the call on the first number's line, where it is set up to, and is content where there is none", async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'cisco-webdialer' }), {
      ...settings,
      end_line: true,
    });
    await session.originate(planOf('101', '105'));
    await session.hangUp?.(CHANNEL);
    await session.hangUp?.(CHANNEL);
    expect(pbx.requests().map(written).slice(1)).toEqual([
      expect.stringContaining(
        '<urn:endCallSoap soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">' +
          '<in0 xsi:type="urn:Credential"><userID xsi:type="xsd:string">click2call</userID>' +
          '<password xsi:type="xsd:string">sandbox</password></in0>' +
          '<in1 xsi:type="urn:UserProfile"><user xsi:type="xsd:string">alice</user>' +
          '<deviceName xsi:type="xsd:string">SEP000000000101</deviceName>' +
          '<lineNumber xsi:type="xsd:string">101</lineNumber></in1></urn:endCallSoap>',
      ),
      expect.stringContaining('endCallSoap'),
    ]);
    await expect.poll(() => pbx.calls()).toMatchObject([{ state: 'ended' }]);
  });

  it('ends none unless it is set up to', async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'cisco-webdialer' }), settings);
    expect(session).toHaveProperty('hangUp', undefined);
  });

  it("says in Unified CM's words why not", async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'cisco-webdialer' }), settings);
    expect(await failureOf(session.originate(planOf('101', '99999')))).toMatchObject({
      phase: 'refused',
      code: 'extension_unknown',
      said: 'responseCode 7 Destination cannot be reached',
    });
    expect(await failureOf(session.originate(planOf('101', '403')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_permission_denied',
      said: 'responseCode 3 No authentication proxy rights',
    });
  });

  it('shows a wrong password before a call, where an extension is looked at', async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'cisco-webdialer' }), {
      ...settings,
      password: 'wrong-1',
    });
    expect((await Array.fromAsync(session.examine('101'))).at(-1)).toMatchObject({
      check: 'login',
      level: 'error',
      says: 'User authentication error',
    });
  });

  it('finds all well otherwise', async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'cisco-webdialer' }), settings);
    const findings = await Array.fromAsync(session.examine('101'));
    expect(findings.map(({ check, level }) => `${check} ${level}`)).toEqual([
      'template ok',
      'reachable ok',
      'login ok',
      'extension ok',
    ]);
  });
});
