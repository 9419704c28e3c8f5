import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { needed } from '../../api/needed.ts';
import { webhookQuery } from '../../api/queries.ts';
import { Facts } from '../../ui/facts.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { Deliveries } from './deliveries.tsx';
import { WebhookActs } from './webhook-acts.tsx';
import { WebhookState } from './webhook-state.tsx';

/** One webhook, and what became of its messages. */
export function WebhookPage() {
  const { id } = useParams({ from: '/inside/webhooks/$id' });
  const { data: webhook } = needed(useQuery(webhookQuery(id)));
  if (webhook === undefined) return <Loading />;
  const { label, url, types, failing_since: failing, paused_reason: why } = webhook;
  return (
    <Page title={label === '' ? 'Webhook' : label} acts={<WebhookActs webhook={webhook} />}>
      {why !== null && <Notice tone="warn" says="It is paused." remedy={why} />}
      <Panel>
        <Facts
          facts={[
            ['State', <WebhookState key="state" webhook={webhook} />],
            [
              'URL',
              <span key="url" className="mono">
                {url}
              </span>,
            ],
            ['Told of', types === null ? 'Everything' : types.join(', ')],
            ['Failing since', failing === null ? null : <Time key="failing" at={failing} />],
          ]}
        />
      </Panel>
      <Deliveries id={id} isPaused={webhook.state === 'paused'} />
    </Page>
  );
}
