import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../../contract/v3/people.ts';
import { ask } from '../../api/client.ts';
import { needed } from '../../api/needed.ts';
import { sessionsQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Panel } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { toastFault } from '../../ui/toast.tsx';
import { browserInWords } from './browser-in-words.ts';
import './settings.css';

/** Where one is logged in, with an end to each. */
export function OwnSessions() {
  const { data } = needed(useQuery(sessionsQuery));
  return (
    <Panel title="Where you are logged in">
      {data === undefined ? (
        <Loading />
      ) : (
        <ul className="sessions">
          {data.items.map((session) => (
            <li key={session.id} className="session">
              <SessionWords session={session} />
              {!session.current && <EndSession session={session} />}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function SessionWords({ session }: { readonly session: Session }) {
  const { agent, address, account, last_seen_at: seen, current } = session;
  return (
    <div>
      <p>
        <strong title={agent}>{browserInWords(agent)}</strong>
        {current && <span className="muted"> (this one)</span>}
      </p>
      <p className="muted dense">
        {account.name}, from <span className="mono">{address}</span>, last seen <Time at={seen} />
      </p>
    </div>
  );
}

function EndSession({ session: { id, agent } }: { readonly session: Session }) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => ask('DELETE', `/v3/sessions/${id}`),
    onError: toastFault,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
  return (
    <Button
      size="small"
      aria-label={`Log out ${browserInWords(agent)}`}
      isPending={end.isPending}
      onPress={() => end.mutate()}
    >
      Log out
    </Button>
  );
}
