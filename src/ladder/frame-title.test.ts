import { expect, it } from 'vitest';
import { frameTitle } from './frame-title.ts';

it.each([
  [
    'Action: Originate\r\nActionID: 2\r\nChannel: PJSIP/101\r\nVariable: CALLERID(all)=x',
    'Originate PJSIP/101',
  ],
  ['Action: Ping\r\nActionID: 3', 'Ping'],
  ['Response: Error\r\nActionID: 2\r\nMessage: Permission denied', 'Error Permission denied'],
  ['Event: DialEnd\r\nPrivilege: call,all\r\nDialStatus: BUSY', 'DialEnd BUSY'],
  ['Event: OriginateResponse\r\nResponse: Failure\r\nReason: 0', 'OriginateResponse Failure'],
  [
    'POST /ari/channels?endpoint=PJSIP%2F101 HTTP/1.1\r\nhost: pbx\r\n\r\n',
    'POST /ari/channels?endpoint=PJSIP%2F101 HTTP/1.1',
  ],
  ['{"type":"RESTRequest","method":"DELETE","uri":"channels/c2c-1"}', 'DELETE channels/c2c-1'],
  ['{"type":"RESTResponse","status_code":404,"reason_phrase":"Not Found"}', '404 Not Found'],
  ['{"type":"Dial","dialstatus":"RINGING"}', 'Dial RINGING'],
  ['{"type":"Dial","dialstatus":""}', 'Dial'],
  ['{"type":"ChannelDestroyed","cause":17,"cause_txt":"User busy"}', 'ChannelDestroyed User busy'],
  ['{"type":"ChannelStateChange","channel":{"id":"c2c-1"}}', 'ChannelStateChange'],
  ['{"type', '{"type'],
  ["bgapi originate '{x=1}user/101' 102 XML internal", "bgapi originate '{x=1}user/101' 102 XML internal"],
  ['Content-Type: command/reply\nReply-Text: +OK Job-UUID: 7', '+OK Job-UUID: 7'],
  ['Content-Type: api/response\nContent-Length: 4\n\ntrue', 'true'],
  ['Event-Name: CHANNEL_HANGUP\nAnswer-State: hangup\nHangup-Cause: USER_BUSY', 'CHANNEL_HANGUP USER_BUSY'],
  ['', ''],
])('%j is called %j', (raw, title) => {
  expect(frameTitle(raw)).toBe(title);
});
