/** What a phone does when it is called. */
export type Behaviour =
  | 'answer'
  | 'silent'
  | 'busy'
  | 'decline'
  | 'unavailable'
  | 'congestion'
  | 'refuse'
  | 'forward'
  | 'transfer';

/** What the scenario of a phone is made of. */
export interface ScenarioSettings {
  readonly behaviour: Behaviour;
  /** How long it rings before it answers or refuses; a refusing phone that waits 0 ms does not ring at all. */
  readonly ringMs: number;
  /** How long after the answer the phone hangs up or transfers; null leaves the end to the other side. */
  readonly hangUpAfterMs: number | null;
  /** What `refuse` answers: `484 Address Incomplete`. */
  readonly status: string;
  /** Whom `forward` and `transfer` name in their place. */
  readonly to: string;
  /** Where the phone says it takes its media. */
  readonly mediaPort: number;
}

const refusals: Record<Exclude<Behaviour, 'answer' | 'silent' | 'refuse' | 'transfer'>, string> = {
  busy: '486 Busy Here',
  decline: '603 Decline',
  unavailable: '480 Temporarily Unavailable',
  congestion: '503 Service Unavailable',
  forward: '302 Moved Temporarily',
};

/** The scenario of a called phone, in the XML that SIPp reads. */
export function phoneScenario(settings: ScenarioSettings): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="phone">
${invited}
${whatItDoes(settings)}
${cancelled}
<label id="over"/>
<nop hide="true"/>
<Reference variables="invite,caller,called"/>
</scenario>
`;
}

function whatItDoes(settings: ScenarioSettings): string {
  const { behaviour, ringMs, status, to } = settings;
  if (behaviour === 'silent') return `${ring}\n<recv request="CANCEL" next="cancelled"/>`;
  if (behaviour === 'answer' || behaviour === 'transfer')
    return `${ring}\n${waitForCancel(ringMs)}\n${answerAndTalk(settings)}`;
  const more = behaviour === 'forward' ? `Contact: <sip:${to}@[local_ip]>` : '';
  return `${ringMs === 0 ? '' : ring}\n${waitForCancel(ringMs)}\n${refuse(behaviour === 'refuse' ? status : refusals[behaviour], more)}`;
}

/** A plain pause would take a CANCEL for a mistake; and SIPp takes a limit of 0 for none. */
function waitForCancel(ms: number): string {
  if (ms === 0) return '';
  return `<recv request="CANCEL" timeout="${ms}" ontimeout="decided" next="cancelled"/>\n<label id="decided"/>`;
}

/** What is kept of the INVITE: its number, for answering it after a CANCEL, and the two sides, for a BYE of our own. */
const invited = `
<recv request="INVITE" rrs="true"><action>
  <ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="invite"/>
  <ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/>
  <ereg regexp=".*" search_in="hdr" header="To:" assign_to="called"/>
</action></recv>`;

const ourTag = ';tag=[pid]-[call_number]';
const contact = 'Contact: <sip:[local_ip]:[local_port]>';
// Nothing is said about UPDATE, as many phones do: then Asterisk tells news of the other party in a re-INVITE.
const allow = 'Allow: INVITE, ACK, CANCEL, BYE';

interface Answer {
  readonly status: string;
  /** What goes after the To of the request: our tag, where the request has none. */
  readonly tag?: string;
  readonly cseq?: string;
  readonly more?: string;
  readonly body?: string;
  /** SIPp sends it again until it is acknowledged. */
  readonly again?: boolean;
}

function respond({
  status,
  tag = '',
  cseq = '[last_CSeq:]',
  more = '',
  body = '',
  again = false,
}: Answer): string {
  const head = [
    '[last_Via:]',
    '[last_From:]',
    `[last_To:]${tag}`,
    '[last_Call-ID:]',
    cseq,
    more,
    'Content-Length: [len]',
  ];
  const lines = [`SIP/2.0 ${status}`, ...head.filter((line) => line !== ''), '', body];
  return `<send${again ? ' retrans="500"' : ''}><![CDATA[\n\n${lines.join('\n')}\n]]></send>`;
}

const ring = respond({ status: '180 Ringing', tag: ourTag, more: contact });

function refuse(status: string, more: string): string {
  return `${respond({ status, tag: ourTag, more, again: true })}\n<recv request="ACK" next="over"/>`;
}

const cancelled = `
<label id="cancelled"/>
${respond({ status: '200 OK', tag: ourTag })}
${respond({ status: '487 Request Terminated', tag: ourTag, cseq: 'CSeq: [$invite] INVITE', again: true })}
<recv request="ACK"/>`;

function answerAndTalk({ behaviour, to, mediaPort, hangUpAfterMs }: ScenarioSettings): string {
  const body = [
    'v=0',
    'o=phone 1 1 IN IP4 [local_ip]',
    's=-',
    'c=IN IP4 [local_ip]',
    't=0 0',
    `m=audio ${mediaPort} RTP/AVP 0 8`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:8 PCMA/8000',
  ].join('\n');
  const more = [contact, allow, 'Content-Type: application/sdp'].join('\n');
  const then = behaviour === 'transfer' ? 'transfer' : 'hang-up';
  const hangUp = hangUpAfterMs === null ? '' : `timeout="${Math.max(1, hangUpAfterMs)}" ontimeout="${then}"`;
  return `
${respond({ status: '200 OK', tag: ourTag, more, body, again: true })}
<label id="answered"/>
<recv request="CANCEL" optional="true" next="too-late"/>
<recv request="ACK"/>
<label id="talk"/>
<recv request="ACK" optional="true" next="talk" ${hangUp}/>
<recv request="INVITE" optional="true" next="news"/>
<recv request="OPTIONS" optional="true" next="fine"/>
<recv request="INFO" optional="true" next="fine"/>
<recv request="BYE"/>
${respond({ status: '200 OK' })}
<nop next="over"/>
<label id="news"/>
${respond({ status: '200 OK', more, body, again: true })}
<recv request="ACK" next="talk"/>
<label id="fine"/>
${respond({ status: '200 OK' })}
<nop next="talk"/>
<label id="too-late"/>
${respond({ status: '200 OK', tag: ourTag })}
<nop next="answered"/>
${hangUpAfterMs === null ? '' : `${behaviour === 'transfer' ? refer(to) : ''}${sayGoodbye}`}`;
}

function request(method: string, cseq: number, more = ''): string {
  return `<send retrans="500"><![CDATA[

${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: [$called]${ourTag}
To: [$caller]
[last_Call-ID:]
CSeq: ${cseq} ${method}
${more}Content-Length: 0

]]></send>`;
}

/** Asks for a transfer, hears how it goes for half a second, and hangs up as phones do. */
function refer(to: string): string {
  const target = `${contact}\nRefer-To: <sip:${to}@[local_ip]>\nReferred-By: <sip:[local_ip]>\n`;
  return `
<label id="transfer"/>
${request('REFER', 1, target)}
<recv response="202"/>
<label id="referred"/>
<recv request="BYE" optional="true" next="bye" timeout="500" ontimeout="hang-up"/>
<recv request="NOTIFY"/>
${respond({ status: '200 OK' })}
<nop next="referred"/>
<label id="bye"/>
${respond({ status: '200 OK' })}
<nop next="over"/>`;
}

const sayGoodbye = `
<label id="hang-up"/>
${request('BYE', 2)}
<label id="goodbye"/>
<recv request="BYE" optional="true" next="both"/>
<recv response="481" optional="true" next="over"/>
<recv response="200" next="over"/>
<label id="both"/>
${respond({ status: '200 OK' })}
<nop next="goodbye"/>`;
