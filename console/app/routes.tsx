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

function page<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => inside, path, component });
}

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } =>
    typeof next === 'string' && /^\/(?!\/)/.test(next) ? { next } : {},
  component: lazyRouteComponent(() => import('../pages/login/login-page.tsx'), 'LoginPage'),
});

/** Every page of the console: a new one is a folder in `pages/` and a line here. */
// oxfmt-ignore
const pages = [
  page('/',           lazyRouteComponent(() => import('../pages/home/home-page.tsx'),   'HomePage')),
  page('/calls',      lazyRouteComponent(() => import('../pages/calls/calls-page.tsx'), 'CallsPage')),
  page('/calls/$id',  lazyRouteComponent(() => import('../pages/call/call-page.tsx'),   'CallPage')),
  page('/usage',      lazyRouteComponent(() => import('../pages/usage/usage-page.tsx'), 'UsagePage')),
  page('/pbxs',       lazyRouteComponent(() => import('../pages/pbxs/pbxs-page.tsx'),   'PbxsPage')),
] as const;

export const routes = root.addChildren([login, inside.addChildren(pages)]);
