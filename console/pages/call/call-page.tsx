import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { callQuery } from '../../api/queries.ts';
import { CallStatus } from '../../ui/call-status.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';

export function CallPage() {
  const { id } = useParams({ from: '/inside/calls/$id' });
  const { data: call, error } = useQuery(callQuery(id));
  if (error !== null) throw error;
  if (call === undefined) return <Loading />;
  return (
    <Page title={`${call.dial_first} → ${call.dial_second}`}>
      <CallStatus call={call} />
    </Page>
  );
}
