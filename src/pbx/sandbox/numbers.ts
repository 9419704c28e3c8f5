/** How a phone of the sandbox takes a call. Times in milliseconds, before the sandbox's pace. */
export type Behaviour =
  /** Rings, answers, and hangs up `talksMs` after the two were connected, or `leavesMs` after its own answer. */
  | {
      readonly does: 'answers';
      readonly afterMs: number;
      readonly talksMs: number;
      readonly leavesMs?: number;
    }
  /** Rings until somebody gives up. */
  | { readonly does: 'rings' }
  /** Rings, then ends the call with this SIP status. */
  | { readonly does: 'fails'; readonly afterMs: number; readonly sip: number }
  /** Known to the PBX, and no phone is registered: nothing rings. */
  | { readonly does: 'absent' };

/** How the PBX itself treats an order in which the number occurs on either side. */
export type OrderTreatment =
  /** `Permission denied`; nothing rings. */
  | 'denies'
  /** Takes the order and closes the link without a reply: the call is made all the same. */
  | 'drops'
  /** Takes the order, makes the call, and replies `SLOW_REPLY_MS` later. */
  | 'stalls'
  /** Takes the order and replies; `CUT_AFTER_MS` after both talk the link breaks, and the call goes on to its end. */
  | 'cuts'
  /** Replies with something that is no answer of its protocol; nothing rings. */
  | 'babbles'
  /** The call's events come first, its reply after them. */
  | 'lags';

/** One row of the table that a person remembers the sandbox by. */
export interface NumberRow {
  /** As people write it: `101`, `106–109`, `1NXXNXXXXXX`. */
  readonly number: string;
  readonly matches: RegExp;
  readonly contexts: readonly SandboxContext[];
  readonly phone: Behaviour;
  readonly order?: OrderTreatment;
  /** What it is there for. One sentence. */
  readonly says: string;
}

/** The contexts of the dialplan: rights, from small to great. */
export const CONTEXTS = ['internal', 'longdistance'] as const;
export type SandboxContext = (typeof CONTEXTS)[number];

const TALK_MS = 10_000;
export const SLOW_REPLY_MS = 15_000;
export const CUT_AFTER_MS = 2_000;
const AN_HOUR_MS = 3_600_000;

function answers(afterMs: number, talksMs = TALK_MS): Behaviour {
  return { does: 'answers', afterMs, talksMs };
}

/** Every number of the sandbox. A number that no row matches does not exist. SIP and HTTP codes mean what they say. */
export const NUMBERS: readonly NumberRow[] = [
  row('101, 106–109', /^10[16-9]$/, answers(1000), 'Ordinary colleagues: Alice, Frank, Grace, Heidi, Ivan.'),
  row('102', /^102$/, answers(2000), 'An ordinary colleague, a little slower: Bob.'),
  row('103', /^103$/, answers(0), 'Carol picks up at once.'),
  row(
    '104',
    /^104$/,
    answers(1000, 3000),
    'Dave is short of words: he hangs up first, on whichever side he is.',
  ),
  row('105', /^105$/, answers(1000, AN_HOUR_MS), 'Erin talks until the other side hangs up.'),
  row('201', /^201$/, answers(1000), 'Judy, whose context `longdistance` may dial outside numbers.'),
  {
    ...row(
      '1NXXNXXXXXX',
      /^1[2-9]\d\d[2-9]\d{6}$/,
      answers(2000),
      'Anybody outside; `internal` may not dial it.',
    ),
    contexts: ['longdistance'],
  },
  {
    ...row('403', /^403$/, answers(1000), 'An order that the PBX denies: `Permission denied`.'),
    order: 'denies',
  },
  row('408', /^408$/, { does: 'rings' }, 'Nobody at home: rings until the timeout.'),
  row(
    '410',
    /^410$/,
    { does: 'answers', afterMs: 500, talksMs: 500, leavesMs: 500 },
    'Answers, and is gone again at once.',
  ),
  {
    ...row('425', /^425$/, answers(0), 'An order whose events overtake its reply.'),
    order: 'lags',
  },
  {
    ...row('444', /^444$/, answers(1000), 'The PBX takes the order, and the link breaks before its reply.'),
    order: 'drops',
  },
  {
    ...row('445', /^445$/, answers(1000), 'The link breaks while both talk; the call goes on.'),
    order: 'cuts',
  },
  row('480', /^480$/, { does: 'absent' }, 'A phone that is not registered.'),
  row('486', /^486$/, { does: 'fails', afterMs: 1000, sip: 486 }, 'Busy.'),
  row('487', /^487$/, { does: 'fails', afterMs: 2000, sip: 487 }, 'The call is torn down while it rings.'),
  { ...row('502', /^502$/, answers(1000), 'An order that is answered with garbage.'), order: 'babbles' },
  row('503', /^503$/, { does: 'fails', afterMs: 500, sip: 503 }, 'Congestion on the way.'),
  { ...row('504', /^504$/, answers(1000), 'An order that is accepted 15 s late.'), order: 'stalls' },
  row('603', /^603$/, { does: 'fails', afterMs: 2000, sip: 603 }, 'Declines the call.'),
];

function row(number: string, matches: RegExp, phone: Behaviour, says: string): NumberRow {
  return { number, matches, contexts: CONTEXTS, phone, says };
}

/** The row of a number, or undefined: nobody has it. */
export function findNumber(number: string): NumberRow | undefined {
  return NUMBERS.find((row) => row.matches.test(number));
}

/** Whether the dialplan of `context` knows `number`; what `Extension does not exist.` is about. */
export function dialplanHas(context: string, number: string): boolean {
  return findNumber(number)?.contexts.some((known) => known === context) ?? false;
}

/** The table as Markdown, as the README of this folder has it. */
export function numbersTable(): string {
  const lines = NUMBERS.map((row) => {
    const [first, second] = (['first', 'second'] as const).map((leg) => describe(row, leg));
    return `| ${row.number} | ${first} | ${second} | ${row.says} |`;
  });
  return ['| Number | As the first leg | As the second leg | |', '|---|---|---|---|', ...lines].join('\n');
}

function describe(row: NumberRow, leg: 'first' | 'second'): string {
  if (row.order !== undefined) return TREATMENTS[row.order];
  if (row.contexts.length === 1 && leg === 'first')
    return `${inWords(row.phone)} (\`Local/…@longdistance/n\`)`;
  if (row.contexts.length === 1) return `${inWords(row.phone)} (\`longdistance\` only)`;
  if (row.phone.does === 'absent') {
    return leg === 'first' ? 'Reason 0, no channel at all' : 'CONGESTION, no cause';
  }
  return inWords(row.phone);
}

function inWords(phone: Behaviour): string {
  if (phone.does === 'rings') return 'rings, never answers';
  if (phone.does === 'absent') return 'is not registered';
  if (phone.does === 'fails') return `rings ${phone.afterMs / 1000} s, then SIP ${phone.sip}`;
  const when = phone.afterMs === 0 ? 'at once' : `after ${phone.afterMs / 1000} s`;
  const until = phone.talksMs === AN_HOUR_MS ? 'never hangs up' : `hangs up after ${phone.talksMs / 1000} s`;
  return `answers ${when}, ${until}`;
}

const TREATMENTS: Readonly<Record<OrderTreatment, string>> = {
  denies: 'order refused, nothing rings',
  drops: 'link closed without a reply; rings like 101',
  cuts: `link cut when both have talked for ${CUT_AFTER_MS / 1000} s; rings like 101`,
  stalls: `reply after ${SLOW_REPLY_MS / 1000} s; rings like 101`,
  babbles: 'garbage for a reply, nothing rings',
  lags: 'events before the reply; answers at once',
};
