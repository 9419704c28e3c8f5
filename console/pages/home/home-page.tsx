import { useQuery } from '@tanstack/react-query';
import { PhoneOutgoing } from 'lucide-react';
import { needed } from '../../api/needed.ts';
import { pbxsQuery, recentCallsQuery } from '../../api/queries.ts';
import { useMay } from '../../api/use-may.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Unconfirmed } from '../../parts/unconfirmed.tsx';
import { FirstSteps } from './first-steps.tsx';
import { RecentCalls } from './recent-calls.tsx';
import './home.css';

/** How many calls are shown: what fits beside the steps. */
const RECENT = 8;

/** What is to be done first, and what has just happened. */
export function HomePage() {
  const pbxs = needed(useQuery(pbxsQuery));
  const calls = needed(useQuery(recentCallsQuery(RECENT)));
  const mayCall = useMay('calls:create');
  const call = mayCall && (
    <LinkButton to="/click" look="main">
      <PhoneOutgoing aria-hidden /> Call
    </LinkButton>
  );
  return (
    <Page title="Start" acts={call}>
      {pbxs.data === undefined || calls.data === undefined ? (
        <Loading />
      ) : (
        <>
          <Unconfirmed />
          <FirstSteps pbxs={pbxs.data.items} hasCalled={calls.data.items.length > 0} />
          <RecentCalls limit={RECENT} calls={calls.data.items} />
        </>
      )}
    </Page>
  );
}
