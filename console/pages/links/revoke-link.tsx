import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Link } from '../../../contract/v3/links.ts';
import { ask } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { toastDone, toastFault } from '../../ui/toast.tsx';

export function RevokeLink({ link: { id, dial_second: second } }: { readonly link: Link }) {
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => ask('DELETE', `/v3/links/${id}`),
    onError: toastFault,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['links'] });
      toastDone('The link is no good any more.');
    },
  });
  return (
    <Button
      look="quiet"
      size="small"
      aria-label={`Revoke the link to ${second}`}
      isPending={revoke.isPending}
      onPress={() => revoke.mutate()}
    >
      Revoke
    </Button>
  );
}
