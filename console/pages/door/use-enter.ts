import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';

/** Logs in, by a password or by the token of a link, and goes on to where one wanted to go. */
export function useEnter(next = '/') {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Readonly<Record<string, string>>) => ask('POST', '/v3/sessions', { body }),
    onSuccess: async () => {
      // Nothing that another person was shown stays.
      queries.clear();
      await navigate({ to: next });
    },
  });
}
