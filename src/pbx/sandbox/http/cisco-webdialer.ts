import { findEndpoint } from '../endpoints.ts';
import { extensionIn, type Reply, type Vendor } from './vendor.ts';

const MEANINGS: Readonly<Record<number, string>> = {
  0: 'Success',
  1: 'Call failure error',
  2: 'User authentication error',
  3: 'No authentication proxy rights',
  5: 'No device is configured for the user, or missing parameters exist in the request.',
  7: 'Destination cannot be reached',
};

/** Unified CM's WebDialer, its SOAP service. Answers as the examples of its documentation. */
export const ciscoWebdialer: Vendor = ({ method, path, headers, body }, accounts, calls) => {
  if (
    method !== 'POST' ||
    path !== '/webdialer/services/WebdialerSoapService70' ||
    headers['soapaction'] === undefined
  )
    return { is: 'answer', reply: { status: 404, body: '' } };
  const isRight =
    textIn(body, 'userID') === accounts.username && textIn(body, 'password') === accounts.secret;
  if (body.includes('<urn:getProfileSoap ')) return { is: 'answer', reply: profile(isRight ? 0 : 2) };
  if (!isRight) return { is: 'answer', reply: response(2) };
  const [first, second, device] = [
    textIn(body, 'lineNumber'),
    textIn(body, 'in1'),
    textIn(body, 'deviceName'),
  ];
  const isUsers = findEndpoint(first) !== undefined && extensionIn(device) === first;
  if (isUsers && body.includes('<urn:endCallSoap '))
    return { is: 'answer', reply: response(calls.hangUp({ first }) ? 0 : 1, 'endCallSoap') };
  if (!isUsers || second === '') return { is: 'answer', reply: response(5) };
  return {
    is: 'order',
    order: { first, second },
    accepted: () => response(0),
    denied: response(3),
    unknown: response(7),
  };
};

function textIn(xml: string, name: string): string {
  return new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
}

function response(code: number, action = 'makeCallSoap'): Reply {
  return envelope(
    action,
    'CallResponse',
    `<responseCode xsi:type="xsd:int">${code}</responseCode>` +
      `<responseDescription xsi:type="xsd:string">${MEANINGS[code]}</responseDescription>`,
  );
}

/** As there: the code of a profile stands in an element of its own. */
function profile(code: number): Reply {
  return envelope(
    'getProfileSoap',
    'GetConfigResponse',
    `<description xsi:type="xsd:string">${MEANINGS[code]}</description><responseCode href="#id2"/>` +
      `</multiRef><multiRef id="id2" xsi:type="xsd:int">${code}`,
  );
}

function envelope(action: string, type: string, inner: string): Reply {
  const body =
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>' +
    `<ns1:${action}Response xmlns:ns1="urn:WD70"><${action}Return href="#id0"/></ns1:${action}Response>` +
    `<multiRef xmlns:ns2="urn:WD70" id="id0" xsi:type="ns2:${type}">${inner}</multiRef></soapenv:Body></soapenv:Envelope>`;
  return { status: 200, type: 'text/xml; charset=utf-8', body };
}
