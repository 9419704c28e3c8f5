import type { Call } from '../../contract/v3/call.ts';

export interface CallStep {
  readonly says: string;
  /** Seconds after the call was asked for. */
  readonly after: number;
  readonly tone: 'calm' | 'good' | 'warn' | 'bad';
}

type Leg = Call['legs'][number];

/** What has happened to a call, in its order, told by its numbers. */
export function callSteps(call: Call): readonly CallStep[] {
  const asked = Date.parse(call.asked_at);
  const steps: CallStep[] = [];
  const add = (at: string | null, says: string, tone: CallStep['tone'] = 'calm') => {
    if (at !== null) steps.push({ says, after: Math.max(0, Date.parse(at) - asked) / 1_000, tone });
  };
  add(call.accepted_at, `${call.pbx ?? 'The PBX'} took the order`);
  for (const leg of call.legs) {
    const number = leg.number ?? leg.side;
    add(leg.ringing_at, `${number} rings`);
    add(leg.answered_at, `${number} answered`, 'good');
    if (leg.answered_at === null && call.state !== 'unknown')
      add(leg.ended_at, `${number}: ${whyNot(leg)}`, 'warn');
  }
  add(call.connected_at, 'Both talk', 'good');
  add(call.ended_at, endOf(call), call.disposition === 'answered' ? 'good' : 'warn');
  return steps.sort((one, other) => one.after - other.after);
}

function whyNot({ cause }: Leg): string {
  return cause === null || cause.text === '' ? 'ended' : cause.text;
}

const BY: Readonly<Record<NonNullable<Call['ended_by']>, string>> = {
  first: 'the first phone hung up',
  second: 'the second phone hung up',
  api: 'hung up from here',
  pbx: 'the PBX ended it',
  unknown: '',
};

function endOf({ ended_by: by, connected_at: connected }: Call): string {
  if (connected === null && by !== 'api' && by !== 'first') return 'Over';
  const who = BY[by ?? 'unknown'];
  return who === '' ? 'Over' : `Over: ${who}`;
}
