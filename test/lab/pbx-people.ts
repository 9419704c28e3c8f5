/** An endpoint of the lab's PBX: a phone on someone's desk, or the trunk of a carrier. */
export interface Endpoint {
  /** The PJSIP endpoint's name, and the extension that rings it. */
  readonly name: string;
  /** What the phone shows of its owner: `"Alice" <101>`. */
  readonly callerId?: string;
  readonly context: string;
  readonly account?: string;
  /** Without a contact nothing can ring: a phone that is not registered anywhere. */
  readonly registered?: false;
  /** Seconds without sound after which the PBX ends a talk of it; by default none are too many. */
  readonly soundlessSeconds?: number;
}

/** Who has a phone on the lab's PBX, whatever the test. */
export const people: readonly Endpoint[] = [
  { name: '101', callerId: '"Alice" <101>', context: 'internal', account: 'sales' },
  { name: '102', callerId: '"Bob" <102>', context: 'internal' },
  { name: '103', callerId: '"Carol" <103>', context: 'internal', account: 'support' },
  { name: '104', callerId: '"Dan" <104>', context: 'internal' },
  { name: '105', callerId: '"Erin" <105>', context: 'internal' },
  { name: '109', callerId: '"Nobody" <109>', context: 'internal', registered: false },
  { name: '201', callerId: '"Boss" <+12125550100>', context: 'longdistance', account: 'board' },
  { name: 'alice', callerId: '"Alice Named" <1101>', context: 'internal' },
  { name: 'sales.desk', callerId: '"Sales Desk" <1102>', context: 'internal', account: 'sales' },
  { name: '301', callerId: '"Frida" <301>', context: 'from-internal', account: 'pbx301' },
  { name: '302', callerId: '"Gus" <302>', context: 'from-internal' },
  { name: '309', callerId: '"Gone" <309>', context: 'from-internal', registered: false },
  // What the carrier sends us leads nowhere: the lab only dials out.
  { name: 'carrier', context: 'from-carrier' },
];

/** What the FreePBX-like part of the dialplan knows of a user; one device for each, of the same number. */
export interface FreepbxUser {
  readonly number: string;
  readonly name: string;
  /** How the user's calls leave the house. */
  readonly outbound?: string;
}

/** The users of the FreePBX-like part; `none` in place of a user is a device nobody is logged in at. */
export const freepbxUsers: readonly FreepbxUser[] = [
  { number: '101', name: 'Alice' },
  { number: '102', name: 'Bob' },
  { number: '103', name: 'Carol' },
  { number: '201', name: 'Boss', outbound: '"Example Corp" <+12125550100>' },
  { number: '301', name: 'Frida', outbound: '"Example Corp" <+12125550301>' },
  { number: '302', name: 'Gus' },
];
