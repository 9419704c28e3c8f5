import type { Refusal, Step, Template, XmlElement } from '../template.ts';

const path = '/webdialer/services/WebdialerSoapService70';
const XSD_STRING = { 'xsi:type': 'xsd:string' };
const SOAPENC_STRING = {
  'xmlns:soapenc': 'http://schemas.xmlsoap.org/soap/encoding/',
  'xsi:type': 'soapenc:string',
};

function text(name: string, value: string, attributes: Record<string, string> = XSD_STRING): XmlElement {
  return { name, attributes, text: value };
}

const credential: XmlElement = {
  name: 'in0',
  attributes: { 'xsi:type': 'urn:Credential' },
  children: [text('userID', '{setting:username}'), text('password', '{setting:password}')],
};

/** The envelope as Cisco's examples have it. */
function envelope(action: string, children: XmlElement[]): XmlElement {
  const attributes = { 'soapenv:encodingStyle': 'http://schemas.xmlsoap.org/soap/encoding/' };
  return {
    name: 'soapenv:Envelope',
    attributes: {
      'xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
      'xmlns:urn': 'urn:WD70',
      'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    },
    children: [
      { name: 'soapenv:Header' },
      { name: 'soapenv:Body', children: [{ name: `urn:${action}`, attributes, children }] },
    ],
  };
}

function refusal(responseCode: number, code: Refusal['code'], remedy: string): Refusal {
  return { where: [{ xml: 'responseCode', equals: responseCode }], code, remedy };
}

const refusals: Refusal[] = [
  refusal(2, 'pbx_login_refused', 'Check username and password of the application user.'),
  refusal(
    3,
    'pbx_permission_denied',
    'Give the application user the role Standard EM Authentication Proxy Rights.',
  ),
  refusal(
    4,
    'pbx_refused',
    "Check that Unified CM reaches its directory, and the first number's name in the setting users.",
  ),
  refusal(
    5,
    'pbx_refused',
    "Check the first number's device in the setting devices, and that it is associated with its user.",
  ),
  refusal(6, 'pbx_refused', 'The WebDialer service is not available now; try again later.'),
  refusal(
    7,
    'extension_unknown',
    "Check the second number, and the calling search space of the first number's phone.",
  ),
  refusal(9, 'pbx_refused', 'The WebDialer service is overloaded: lower originates_per_second.'),
];

function soap(action: string, children: XmlElement[], success: Step['success']): Step {
  return {
    method: 'POST',
    path,
    headers: { SOAPAction: '""' },
    body: { xml: envelope(action, children) },
    success,
    said: [
      { xml: 'responseCode', named: 'responseCode' },
      { xml: 'responseDescription' },
      { xml: 'description' },
      { xml: 'faultstring' },
    ],
    refusals,
  };
}

/** Whose phone, and which of its lines. */
function profile(name: string): XmlElement {
  return {
    name,
    attributes: { 'xsi:type': 'urn:UserProfile' },
    children: [
      text('user', '{map:users:first}'),
      text('deviceName', '{map:devices:first}'),
      text('lineNumber', '{first}'),
    ],
  };
}

const TAKEN: Step['success'] = { status: [200], where: [{ xml: 'responseCode', equals: 0 }] };

/**
 * Cisco Unified CM, WebDialer's SOAP interface: the user's phone goes off-hook and dials. Source: developer.cisco.com,
 * WebDialer, "SOAP interface" and its table of result codes.
 */
export const ciscoWebdialer: Template = {
  label: 'Cisco Unified CM (WebDialer)',
  port: 8443,
  dial_as: 'first_only',
  settings: [
    {
      name: 'username',
      label: 'Username',
      help: 'An application user with the role Standard EM Authentication Proxy Rights.',
      type: 'text',
      required: true,
    },
    {
      name: 'password',
      label: 'Password',
      help: 'Its password.',
      type: 'text',
      required: true,
      secret: true,
    },
    {
      name: 'users',
      label: 'Users',
      help: "Each extension's user ID: 101=alice,102=bob.",
      type: 'text',
      required: true,
      max: 65_536,
    },
    {
      name: 'devices',
      label: 'Devices',
      help: "Each extension's phone by its device name: 101=SEP001122334455,102=CSFBOB.",
      type: 'text',
      required: true,
      max: 65_536,
    },
    {
      name: 'end_line',
      label: 'End by line',
      help: "Whether a call may be ended from here: Unified CM then ends whatever call is on that line of the first number's phone.",
      type: 'boolean',
      default: false,
    },
  ],
  call: soap('makeCallSoap', [credential, text('in1', '{second}', SOAPENC_STRING), profile('in2')], TAKEN),
  // "Call failure error" is all that there is for a line without a call.
  cancel: {
    setting: 'end_line',
    steps: [soap('endCallSoap', [credential, profile('in1')], TAKEN)],
    absent: { where: [{ xml: 'responseCode', equals: 1 }] },
  },
  check: soap('getProfileSoap', [credential, text('in1', '{map:users:first}', SOAPENC_STRING)], {
    status: [200],
    where: [{ xml: 'description', equals: 'Success' }],
  }),
};
