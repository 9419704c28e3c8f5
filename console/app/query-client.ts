import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem.ts';

/** What passes by itself is asked for again; what was refused is not. */
function passes(error: unknown): boolean {
  const status = error instanceof ApiProblem ? error.problem.status : 400;
  return status === 0 || status === 502 || status === 503 || status === 504;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (failures, error) => failures < 3 && passes(error) },
    mutations: { retry: false },
  },
});
