import type { Call } from '../../../contract/v3/call.ts';

const GOING: Readonly<Record<Call['state'], string>> = {
  originating: 'The PBX has been asked to ring the first phone.',
  ringing_first: 'The first phone rings.',
  answered_first: 'The first phone was picked up; the second one is about to ring.',
  ringing_second: 'The second phone rings.',
  connected: 'Both are connected.',
  ended: 'The call is over.',
  unknown: 'Nobody can tell what became of this call.',
};

const FAULTS: Readonly<Record<NonNullable<Call['diagnosis']>['fault'], string>> = {
  nobody: 'nothing to put right',
  caller: 'the caller can put it right',
  first: 'it is at the first phone',
  second: 'it is at the second phone',
  settings: 'it is in the settings here',
  pbx: 'it is at the PBX',
  network: 'it is in the network',
  service: 'it is in this service',
  unknown: 'nobody knows where it is',
};

/** What happened, in one sentence, and what to do about it. While the call lives: what it is at. */
export function Diagnosis({ call }: { readonly call: Call }) {
  const { diagnosis, problem } = call;
  const tone = toneOf(call);
  return (
    <section className={`diagnosis diagnosis-${tone}`} aria-label="Diagnosis" aria-live="polite">
      <p className="diagnosis-says">{diagnosis?.says ?? GOING[call.state]}</p>
      {diagnosis !== null && diagnosis.remedy !== '' && (
        <p className="diagnosis-remedy">{diagnosis.remedy}</p>
      )}
      {problem !== null && diagnosis?.says.includes(problem.said) !== true && (
        <p>
          <span className="muted">Said: </span>
          <q>{problem.said}</q>
        </p>
      )}
      {diagnosis !== null && (
        <p className="muted small">
          <span className="mono">{diagnosis.code}</span> · {FAULTS[diagnosis.fault]}
        </p>
      )}
    </section>
  );
}

function toneOf({ state, disposition, diagnosis }: Call): 'live' | 'good' | 'warn' | 'bad' | 'doubt' {
  if (state === 'unknown' || disposition === 'unknown') return 'doubt';
  if (disposition === null) return 'live';
  if (disposition === 'answered' || diagnosis?.fault === 'nobody') return 'good';
  return ['busy', 'declined', 'no_answer', 'cancelled'].includes(disposition) ? 'warn' : 'bad';
}
