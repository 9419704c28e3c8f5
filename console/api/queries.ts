import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Call } from '../../contract/v3/call.ts';
import type { Driver, DriverWithGuide } from '../../contract/v3/drivers.ts';
import type { Explanation } from '../../contract/v3/explanation.ts';
import type { Key } from '../../contract/v3/keys.ts';
import type { Pbx } from '../../contract/v3/pbxs.ts';
import type { Delivery, Webhook } from '../../contract/v3/webhook.ts';
import type { Policy } from '../../contract/v3/policy.ts';
import { ask } from './client.ts';
import type { AuditAct } from '../../contract/v3/audit.ts';
import type { Installation } from '../../contract/v3/installation.ts';
import type { Link } from '../../contract/v3/links.ts';
import type { Me } from '../../contract/v3/me.ts';
import type { Invitation, Member, Session } from '../../contract/v3/people.ts';

/*
 * What the console reads, each with its key and its URL, in one place. A key begins with the word of the resource, so that
 * a write forgets all that it may have changed: `queryClient.invalidateQueries({ queryKey: ['pbxs'] })`.
 */

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export const configQuery = queryOptions({
  queryKey: ['config'],
  queryFn: ({ signal }) => ask<Installation>('GET', '/v3/config', { signal }),
  staleTime: Infinity,
});

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => ask<Me>('GET', '/v3/me', { signal }),
  // Who comes back from the letter that asks for it has confirmed their e-mail.
  staleTime: ({ state: { data } }) => (data?.user?.confirmed === false ? 0 : 60_000),
});

export const pbxsQuery = queryOptions({
  queryKey: ['pbxs'],
  queryFn: ({ signal }) => ask<Page<Pbx>>('GET', '/v3/pbxs', { signal }),
});

export const pbxQuery = (id: string) =>
  queryOptions({
    queryKey: ['pbxs', id],
    queryFn: ({ signal }) => ask<Pbx>('GET', `/v3/pbxs/${id}`, { signal }),
  });

export const driversQuery = queryOptions({
  queryKey: ['drivers'],
  queryFn: ({ signal }) => ask<Page<Driver>>('GET', '/v3/drivers', { signal }),
  staleTime: Infinity,
});

export const driverQuery = (id: string, template?: string) =>
  queryOptions({
    queryKey: ['drivers', id, template ?? ''],
    queryFn: ({ signal }) =>
      ask<DriverWithGuide>('GET', `/v3/drivers/${id}`, { query: { template }, signal }),
    staleTime: Infinity,
  });

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['calls', id],
    queryFn: ({ signal }) => ask<Call>('GET', `/v3/calls/${id}`, { signal }),
  });

export const recentCallsQuery = (limit: number) =>
  queryOptions({
    queryKey: ['calls', 'recent', limit],
    queryFn: ({ signal }) => ask<Page<Call>>('GET', '/v3/calls', { query: { limit }, signal }),
  });

export const explanationQuery = (body: Readonly<Record<string, unknown>>) =>
  queryOptions({
    queryKey: ['explanation', body],
    queryFn: ({ signal }) => ask<Explanation>('POST', '/v3/calls/explain', { body, signal }),
    staleTime: 10_000,
  });

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => ask<Page<Key>>('GET', '/v3/keys', { signal }),
});

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => ask<Page<Webhook>>('GET', '/v3/webhooks', { signal }),
});

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id],
    queryFn: ({ signal }) => ask<Webhook>('GET', `/v3/webhooks/${id}`, { signal }),
  });

/** The last ones; they are asked for again while one of them is on its way. */
export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id, 'deliveries'],
    queryFn: ({ signal }) =>
      ask<Page<Delivery>>('GET', `/v3/webhooks/${id}/deliveries`, { query: { limit: 50 }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((delivery) => delivery.state === 'pending') === true ? 2_000 : 15_000,
  });

export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: ({ signal }) => ask<Policy>('GET', '/v3/policy', { signal }),
});

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => ask<Page<Member>>('GET', '/v3/members', { signal }),
});

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: ({ signal }) => ask<Page<Invitation>>('GET', '/v3/invitations', { signal }),
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => ask<Page<Session>>('GET', '/v3/sessions', { signal }),
});

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam, signal }) =>
    ask<Page<AuditAct>>('GET', '/v3/audit', { query: { cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
});

export const linksQuery = queryOptions({
  queryKey: ['links'],
  queryFn: ({ signal }) => ask<Page<Link>>('GET', '/v3/links', { query: { limit: 200 }, signal }),
});
