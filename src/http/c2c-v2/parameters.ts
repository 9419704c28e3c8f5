import { MILESTONES, type Milestone } from '../../../contract/call-words.ts';
import { PARAMETERS, type ParameterName } from '../../../contract/c2c-v2.ts';
import type { CallRequest, Refusal } from '../../calls/plan-call.ts';
import { suggest } from '../../kit/suggest.ts';

/** A parameter as it came: more than one value where it was repeated. */
export type Pairs = readonly (readonly [name: string, value: string])[];

export interface ReadParameters {
  readonly request: CallRequest;
  readonly keys: readonly string[];
  /** What to wait for before the answer. */
  readonly wait: Milestone;
  /** Say what would become of it, and ring nobody. */
  readonly explain: boolean;
  /** Parameters of somebody else's, which come along: they are not looked at, and their values are not written down. */
  readonly ignored: ReadonlySet<string>;
  readonly refusals: readonly Refusal[];
}

const NAMES = Object.keys(PARAMETERS) as ParameterName[];
const MILESTONE_NAMES = Object.keys(MILESTONES) as Milestone[];
const SHOWN_MAX = 64;
const PAIRS_MAX = 100;

/** Sorts parameters by name. Unknown and repeated ones are each an error: a misspelt parameter must not be a default. */
export function readParameters(pairs: Pairs): ReadParameters {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs.slice(0, PAIRS_MAX)) {
    const before = values.get(name);
    if (before === undefined) values.set(name, [value]);
    else before.push(value);
  }
  const refusals: Refusal[] = [];
  const ignored = readIgnored(values.get('ignore')?.[0] ?? '', refusals);
  for (const [name, given] of values)
    if (!ignored.has(name)) refusals.push(...nameRefusals(name, given.length));
  if (pairs.length > PAIRS_MAX) {
    refusals.push({
      code: 'parameter_unknown',
      message: `There are ${pairs.length} parameters; ${NAMES.length} exist.`,
    });
  }
  const one = (name: ParameterName): string | undefined => values.get(name)?.[0];
  if (one('dail_as') !== undefined && one('dial_as') !== undefined && one('dail_as') !== one('dial_as')) {
    refusals.push({
      code: 'dial_as_conflict',
      message: 'dail_as and dial_as are both given and differ; give one of them.',
    });
  }
  const wait = MILESTONE_NAMES.find((name) => name === (one('wait') ?? 'accepted'));
  if (wait === undefined) refusals.push(wrongChoice('wait', one('wait'), MILESTONE_NAMES));
  const explain = one('explain') ?? '0';
  if (!['0', '1'].includes(explain)) refusals.push(wrongChoice('explain', explain, ['0', '1']));
  return {
    wait: wait ?? 'accepted',
    explain: explain !== '0',
    ignored,
    request: {
      dialFirst: one('dial_first'),
      dialSecond: one('dial_second'),
      dialAs: one('dail_as') ?? one('dial_as'),
      timeout: one('timeout'),
      pbx: one('pbx'),
    },
    keys: values.get('api_key') ?? [],
    refusals,
  };
}

/** What is a parameter here can't be ignored: it would be a wish that is not fulfilled, and nobody would be told. */
function readIgnored(text: string, refusals: Refusal[]): ReadonlySet<string> {
  const names = text.split(',').map((name) => name.trim());
  const ours = names.filter((name) => NAMES.some((known) => known === name));
  if (ours.length > 0)
    refusals.push({
      code: 'parameter_invalid',
      field: 'ignore',
      message: `ignore can not name ${ours.join(' and ')}: that is a parameter of this API; leave it out of the request.`,
    });
  return new Set(names.filter((name) => name !== '' && !ours.includes(name)));
}

function wrongChoice(field: ParameterName, typed: string | undefined, right: readonly string[]): Refusal {
  const shown = JSON.stringify((typed ?? '').slice(0, SHOWN_MAX));
  return {
    code: 'parameter_invalid',
    field,
    message: `${field} can not be ${shown}; give one of ${right.join(', ')}.`,
  };
}

function nameRefusals(name: string, times: number): Refusal[] {
  const shown = JSON.stringify(name.slice(0, SHOWN_MAX));
  if (!NAMES.some((known) => known === name)) {
    const meant = suggest(name.slice(0, SHOWN_MAX), NAMES);
    const right = meant === undefined ? `there are ${NAMES.join(', ')}` : `did you mean ${meant}?`;
    return [
      {
        code: 'parameter_unknown',
        field: name.slice(0, SHOWN_MAX),
        message: `${shown} is no parameter; ${right}${right.endsWith('?') ? '' : '.'}`,
      },
    ];
  }
  if (times === 1) return [];
  return [
    { code: 'parameter_repeated', field: name, message: `${name} is given ${times} times; give it once.` },
  ];
}
