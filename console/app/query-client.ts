import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, passesByItself } from '../api/problem.ts';

/** A password that is not right is another matter. */
function isLoggedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.status === 401 && error.code !== 'login_failed';
}

let logIn = (): void => undefined;

/** What is done when an answer says that the session is over. */
export function whenLoggedOut(act: () => void): void {
  logIn = act;
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey, state }) => {
      // Who one is, is asked before a page is shown; the route leads to the log-in then.
      const isEntry = queryKey[0] === 'me' && state.data === undefined;
      if (isLoggedOut(error) && !isEntry) logIn();
    },
  }),
  mutationCache: new MutationCache({
    onError: (error) => {
      if (isLoggedOut(error)) logIn();
    },
  }),
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (failures, error) => failures < 3 && passesByItself(error) },
    mutations: { retry: false },
  },
});
