import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem.ts';

/** What passes by itself is asked for again; what was refused is not. */
function passes(error: unknown): boolean {
  const status = error instanceof ApiProblem ? error.problem.status : 400;
  return status === 0 || status === 502 || status === 503 || status === 504;
}

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
    onError: (error, { queryKey }) => {
      // Who one is, is asked before a page is shown; the route leads to the log-in then.
      if (isLoggedOut(error) && queryKey[0] !== 'me') logIn();
    },
  }),
  mutationCache: new MutationCache({
    onError: (error) => {
      if (isLoggedOut(error)) logIn();
    },
  }),
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (failures, error) => failures < 3 && passes(error) },
    mutations: { retry: false },
  },
});
