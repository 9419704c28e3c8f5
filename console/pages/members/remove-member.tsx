import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Member } from '../../../contract/v3/people.ts';
import { ask } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { toastDone, toastFault } from '../../ui/toast.tsx';

export function RemoveMember({ member: { id, name } }: { readonly member: Member }) {
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => ask('DELETE', `/v3/members/${id}`),
    onSettled: () => setAsked(false),
    onError: toastFault,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['members'] });
      toastDone(`${name} is removed.`);
    },
  });
  return (
    <>
      <Button look="quiet" size="small" aria-label={`Remove ${name}`} onPress={() => setAsked(true)}>
        Remove
      </Button>
      <Confirm
        title={`Remove ${name}?`}
        says="They are logged out of this account at once. Keys that they made stay: revoke those that they know."
        act="Remove"
        isOpen={isAsked}
        isPending={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
