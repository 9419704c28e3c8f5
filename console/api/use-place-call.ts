import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Call } from '../../contract/v3/call.ts';
import { ask } from './client.ts';
import { newRequestKey } from './new-request-key.ts';
import { ApiProblem } from './problem.ts';
import { callQuery } from './queries.ts';

type Asked = Readonly<Record<string, unknown>>;

/**
 * Makes calls. Where no answer came it is sent again with the same key, so that nobody's phone rings twice for it.
 * `callId`: the call that it came to, also one that the PBX did not take; its page says why.
 */
export function usePlaceCall() {
  const queries = useQueryClient();
  const place = useMutation({
    mutationFn: ({ body, key }: { readonly body: Asked; readonly key: string }) =>
      ask<Call>('POST', '/v3/calls', { body, headers: { 'Idempotency-Key': key } }),
    retry: (failures, error) => failures < 2 && error instanceof ApiProblem && error.problem.status === 0,
    onSuccess: (call) => queries.setQueryData(callQuery(call.id).queryKey, call),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['calls', 'recent'] }),
  });
  return {
    mutate: (body: Asked) => place.mutate({ body, key: newRequestKey() }),
    reset: place.reset,
    isPending: place.isPending,
    error: place.error,
    callId: place.data?.id ?? notTaken(place.error),
  };
}

/** What was wrong with the request itself is for its fields. */
function notTaken(error: unknown): string | undefined {
  return error instanceof ApiProblem && Object.keys(error.fields).length === 0
    ? error.problem.call_id
    : undefined;
}
