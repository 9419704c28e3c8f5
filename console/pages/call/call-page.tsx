import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Bug, PhoneOff } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Call } from '../../../contract/v3/call.ts';
import { systemClock } from '../../../src/kit/clock.ts';
import { needed } from '../../api/needed.ts';
import { journalQuery, readJournal } from '../../api/call-queries.ts';
import { ask } from '../../api/client.ts';
import { useCallEvents } from '../../api/events.ts';
import { callQuery, pbxsQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { CallStatus } from '../../ui/call-status.tsx';
import { Code } from '../../ui/code.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone, toastFault } from '../../ui/toast.tsx';
import { asCurl } from './as-curl.ts';
import { bugReport } from './bug-report.ts';
import { Diagnosis } from './diagnosis.tsx';
import { Legs } from './legs.tsx';
import { visibleText } from '../../parts/moments.ts';
import { Waterfall } from './waterfall.tsx';
import { XRay } from './x-ray.tsx';
import './call.css';

/** One call, looked through: what became of it and why, and every word that was said about it. */
export function CallPage() {
  const { id } = useParams({ from: '/inside/calls/$id' });
  const { data: call } = needed(useQuery(callQuery(id)));
  return call === undefined ? <Loading /> : <LookedThrough call={call} />;
}

function LookedThrough({ call }: { readonly call: Call }) {
  const isLive = call.state !== 'ended' && call.state !== 'unknown';
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = needed(
    useInfiniteQuery(journalQuery(call.id)),
  );
  const entries = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const nowMicros = useNow(isLive);
  useNews(call, isLive);
  const curl = asCurl(entries);
  return (
    <Page
      title={visibleText(`${call.dial_first ?? '?'} → ${call.dial_second ?? '?'}`)}
      says={<Summary call={call} />}
      acts={<Acts call={call} isLive={isLive} />}
    >
      <div className="call-top">
        <Diagnosis call={call} />
        <Panel title="Where the time went">
          <Waterfall call={call} nowMicros={nowMicros} />
        </Panel>
      </div>
      {hasNextPage && (
        <GoesOn
          count={entries.length}
          isReading={isFetchingNextPage}
          readOn={() => void fetchNextPage({ cancelRefetch: false })}
        />
      )}
      {/* Not before the journal is there: lines that come in between would make another of the one that was picked. */}
      {data === undefined ? <Loading /> : <XRay call={call} entries={entries} nowMicros={nowMicros} />}
      <div className="call-bottom">
        <Panel title="Both phones">
          <Legs call={call} />
        </Panel>
        {curl !== undefined && (
          <Panel title="The request">
            <Code label="The request, for a shell" text={visibleText(curl)} wrap />
            <p className="muted small">
              {curl.includes('$C2C_KEY')
                ? 'Put your key into C2C_KEY first. It makes a new call.'
                : 'It makes a new call.'}
            </p>
          </Panel>
        )}
      </div>
    </Page>
  );
}

/** A call of which more was written down than is drawn at once. */
function GoesOn({
  count,
  isReading,
  readOn,
}: {
  readonly count: number;
  readonly isReading: boolean;
  readonly readOn: () => void;
}) {
  return (
    <Notice tone="note" says={`These are the first ${count.toLocaleString('en-GB')} lines of its journal.`}>
      <div>
        <Button size="small" isPending={isReading} onPress={readOn}>
          Read on
        </Button>
      </div>
    </Notice>
  );
}

function Summary({ call }: { readonly call: Call }) {
  const facts = [
    call.pbx === null ? '' : `over ${call.pbx}`,
    call.dial_as === null ? '' : `dialled as ${call.dial_as}`,
    call.reference === null ? '' : `“${call.reference}”`,
  ].filter(Boolean);
  return (
    <span className="call-summary">
      <CallStatus call={call} />
      <Time at={call.asked_at} />
      {facts.map((fact) => (
        <span key={fact}>{visibleText(fact)}</span>
      ))}
      <span className="mono small call-id">{call.id}</span>
    </span>
  );
}

function Acts({ call, isLive }: { readonly call: Call; readonly isLive: boolean }) {
  const client = useQueryClient();
  const { data: pbxs } = useQuery({ ...pbxsQuery, retry: false });
  const hangUp = useMutation({
    mutationFn: () => ask<Call>('DELETE', `/v3/calls/${call.id}`),
    onSuccess: (ended) => {
      client.setQueryData(callQuery(call.id).queryKey, ended);
      return client.invalidateQueries({ queryKey: journalQuery(call.id).queryKey });
    },
    onError: toastFault,
  });
  const pbx = pbxs?.items.find(({ name }) => name === call.pbx);
  return (
    <>
      {isLive && (
        <Button look="danger" isPending={hangUp.isPending} onPress={() => hangUp.mutate()}>
          <PhoneOff size={16} aria-hidden />
          Hang up
        </Button>
      )}
      <CopyReport
        text={async () => bugReport(call, (await readJournal(call.id, undefined, Infinity)).items, pbx)}
      />
    </>
  );
}

/** Everything that is known of the call, to paste into an issue. `click2call replay` reads it. */
function CopyReport({ text }: { readonly text: () => Promise<string> }) {
  const copy = async () => {
    // Some browsers let a page write only while a button is pressed: they are promised what is still being read.
    const blob = text().then((report) => new Blob([report], { type: 'text/plain' }));
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    toastDone('Copied, with numbers and names but no secrets. click2call replay lives it again.');
  };
  return (
    <Button onPress={() => void copy().catch(toastFault)}>
      <Bug size={16} aria-hidden />
      Copy for a bug report
    </Button>
  );
}

/** What is told of the call from now on, for as long as it lives. */
function useNews(call: Call, isLive: boolean): void {
  const client = useQueryClient();
  const path = isLive ? `/v3/calls/${call.id}/events?after=${call.last_event}` : null;
  // It begins where the page began, and is not begun anew with each event.
  const [begun] = useState(path);
  useCallEvents(isLive ? begun : null, (event) => {
    client.setQueryData(callQuery(call.id).queryKey, event.call);
    void client.invalidateQueries({ queryKey: journalQuery(call.id).queryKey });
  });
}

/** The time, in microseconds, again and again while something lives. */
function useNow(isLive: boolean): number {
  const [now, setNow] = useState(() => systemClock.nowMicros());
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => setNow(systemClock.nowMicros()), 250);
    return () => clearInterval(timer);
  }, [isLive]);
  return now;
}
