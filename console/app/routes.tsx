import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
  type RouteComponent,
} from '@tanstack/react-router';
import { ApiProblem } from '../api/problem.ts';
import { meQuery } from '../api/queries.ts';
import { numberOfLink } from '../pages/click/number-of-link.ts';
import { filterOf } from '../pages/calls/filter.ts';
import { spanOf } from '../pages/usage/span.ts';
import { Layout } from './layout.tsx';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

/** Everything behind the log-in. Who is not logged in is led there, and back to where they wanted to go. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Layout,
  beforeLoad: async ({ context, location }) => {
    try {
      return { me: await context.queryClient.ensureQueryData(meQuery) };
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem.status !== 401) throw error;
      throw redirect({ to: '/login', search: location.pathname === '/' ? {} : { next: location.href } });
    }
  },
});

function door<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => root, path, component });
}

function page<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => inside, path, component });
}

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } =>
    typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {},
  component: lazyRouteComponent(() => import('../pages/door/login-page.tsx'), 'LoginPage'),
});

const click = createRoute({
  getParentRoute: () => inside,
  path: '/click',
  // `?second=…` is what a link to a number leads to. A number that is digits alone comes as a number.
  // `?to=tel:…` is what a browser makes of a link to a number, and the bookmarklet of what is selected.
  validateSearch: ({ first, second, to }: Record<string, unknown>): { first?: string; second?: string } => ({
    ...(isNumber(first) && { first: String(first) }),
    ...(isNumber(second) && { second: String(second) }),
    ...(isNumber(to) && { second: numberOfLink(String(to)) }),
  }),
  component: lazyRouteComponent(() => import('../pages/click/click-page.tsx'), 'ClickPage'),
});

const newPbx = createRoute({
  getParentRoute: () => inside,
  path: '/pbxs/new',
  validateSearch: ({ kind }: Record<string, unknown>): { kind?: string } =>
    typeof kind === 'string' ? { kind } : {},
  component: lazyRouteComponent(() => import('../pages/pbxs/new-pbx-page.tsx'), 'NewPbxPage'),
});

const pbx = createRoute({
  getParentRoute: () => inside,
  path: '/pbxs/$id',
  validateSearch: ({ examine }: Record<string, unknown>): { examine?: boolean } =>
    examine === true ? { examine } : {},
  component: lazyRouteComponent(() => import('../pages/pbxs/pbx-page.tsx'), 'PbxPage'),
});

function isNumber(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

const calls = createRoute({
  getParentRoute: () => inside,
  path: '/calls',
  validateSearch: filterOf,
  component: lazyRouteComponent(() => import('../pages/calls/calls-page.tsx'), 'CallsPage'),
});

const usage = createRoute({
  getParentRoute: () => inside,
  path: '/usage',
  validateSearch: spanOf,
  component: lazyRouteComponent(() => import('../pages/usage/usage-page.tsx'), 'UsagePage'),
});

/** The pages before the log-in. Links that were sent lead to all of them but the first. */
// oxfmt-ignore
const doors = [
  login,
  door('/signup',     lazyRouteComponent(() => import('../pages/door/sign-up-page.tsx'),    'SignUpPage')),
  door('/enter',      lazyRouteComponent(() => import('../pages/door/enter-page.tsx'),      'EnterPage')),
  door('/reset',      lazyRouteComponent(() => import('../pages/door/reset-page.tsx'),      'ResetPage')),
  door('/invitation', lazyRouteComponent(() => import('../pages/door/invitation-page.tsx'), 'InvitationPage')),
  door('/confirm',    lazyRouteComponent(() => import('../pages/door/confirm-page.tsx'),    'ConfirmPage')),
] as const;

/** Every page of the console: a new one is a folder in `pages/` and a line here. */
// oxfmt-ignore
const pages = [
  click,
  newPbx,
  pbx,
  calls,
  usage,
  page('/',             lazyRouteComponent(() => import('../pages/home/home-page.tsx'),         'HomePage')),
  page('/calls/$id',    lazyRouteComponent(() => import('../pages/call/call-page.tsx'),         'CallPage')),
  page('/pbxs',         lazyRouteComponent(() => import('../pages/pbxs/pbxs-page.tsx'),         'PbxsPage')),
  page('/keys',         lazyRouteComponent(() => import('../pages/keys/keys-page.tsx'),         'KeysPage')),
  page('/links',        lazyRouteComponent(() => import('../pages/links/links-page.tsx'),       'LinksPage')),
  page('/webhooks',     lazyRouteComponent(() => import('../pages/webhooks/webhooks-page.tsx'), 'WebhooksPage')),
  page('/webhooks/$id', lazyRouteComponent(() => import('../pages/webhooks/webhook-page.tsx'),  'WebhookPage')),
  page('/members',      lazyRouteComponent(() => import('../pages/members/members-page.tsx'),   'MembersPage')),
  page('/audit',        lazyRouteComponent(() => import('../pages/audit/audit-page.tsx'),       'AuditPage')),
  page('/settings',     lazyRouteComponent(() => import('../pages/settings/settings-page.tsx'), 'SettingsPage')),
  page('/integrations', lazyRouteComponent(() => import('../pages/integrations/integrations-page.tsx'), 'IntegrationsPage')),
  page('/policy',       lazyRouteComponent(() => import('../pages/policy/policy-page.tsx'),     'PolicyPage')),
] as const;

export const routes = root.addChildren([...doors, inside.addChildren(pages)]);
