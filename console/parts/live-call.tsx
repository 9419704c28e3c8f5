import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PhoneOff } from 'lucide-react';
import type { Call } from '../../contract/v3/call.ts';
import { ask } from '../api/client.ts';
import { useCallEvents } from '../api/events.ts';
import { needed } from '../api/needed.ts';
import { callQuery } from '../api/queries.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { CallStatus } from '../ui/call-status.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { toastFault } from '../ui/toast.tsx';
import { CallTrack } from './call-track.tsx';
import { callSteps } from './call-steps.ts';
import './live-call.css';

const LOOK_MS = 5_000;

export function isOver({ state }: Pick<Call, 'state'>): boolean {
  return state === 'ended' || state === 'unknown';
}

/** One call as it happens, told by its stream: who rings, who answered, whether they talk, how it ended and why. */
export function LiveCall({ id, isLinked = true }: { readonly id: string; readonly isLinked?: boolean }) {
  const queries = useQueryClient();
  const query = callQuery(id);
  const { data: call } = needed(
    useQuery({
      ...query,
      // Where no stream gets through, or too many are open, the call is looked at now and then.
      refetchInterval: ({ state: { data } }) => (data === undefined || isOver(data) ? false : LOOK_MS),
    }),
  );
  useCallEvents(call === undefined || isOver(call) ? null : `/v3/calls/${id}/events`, (event) =>
    queries.setQueryData(query.queryKey, event.call),
  );
  const hangUp = useMutation({
    mutationFn: () => ask<Call>('DELETE', `/v3/calls/${id}`),
    onSuccess: (over) => queries.setQueryData(query.queryKey, over),
    onError: toastFault,
  });
  if (call === undefined) return <Loading />;
  return (
    <section className="live" aria-label={`Call from ${call.dial_first} to ${call.dial_second}`}>
      <div className="live-head">
        <output>
          <CallStatus call={call} />
        </output>
        <div className="page-acts">
          {!isOver(call) && (
            <Button look="danger" size="small" isPending={hangUp.isPending} onPress={() => hangUp.mutate()}>
              <PhoneOff aria-hidden /> Hang up
            </Button>
          )}
          {isLinked && (
            <LinkButton to="/calls/$id" params={{ id }} look="quiet" size="small">
              All that was said
            </LinkButton>
          )}
        </div>
      </div>
      <CallTrack call={call} />
      <Steps call={call} />
      {call.diagnosis !== null && (
        <Notice tone={toneOf(call)} says={call.diagnosis.says} remedy={call.diagnosis.remedy} />
      )}
    </section>
  );
}

function toneOf({ diagnosis, disposition }: Call): 'good' | 'warn' | 'bad' | 'note' {
  if (disposition === 'answered') return 'good';
  if (diagnosis?.fault === 'settings' || diagnosis?.fault === 'pbx' || diagnosis?.fault === 'network')
    return 'bad';
  return 'warn';
}

function Steps({ call }: { readonly call: Call }) {
  const steps = callSteps(call);
  return (
    <ol className="steps" aria-label="What happened">
      {steps.map(({ says, after, tone }) => (
        <li key={`${after} ${says}`} className={`step step-${tone}`}>
          <span className="step-time mono">{after.toFixed(1)} s</span>
          <span className="step-says">{says}</span>
        </li>
      ))}
    </ol>
  );
}
