import { createRouter } from '@tanstack/react-router';
import { queryClient } from './query-client.ts';
import { routes } from './routes.tsx';
import { PageFault, PageMissing } from './page-fault.tsx';

export const router = createRouter({
  routeTree: routes,
  basepath: '/console',
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: PageFault,
  defaultNotFoundComponent: PageMissing,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
