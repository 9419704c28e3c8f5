import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Key } from '../../../contract/v3/keys.ts';
import { ask } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { toastDone, toastFault } from '../../ui/toast.tsx';

export function RevokeKey({ apiKey: { id, label, prefix } }: { readonly apiKey: Key }) {
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const name = label === '' ? `${prefix}…` : label;
  const revoke = useMutation({
    mutationFn: () => ask('DELETE', `/v3/keys/${id}`),
    onError: toastFault,
    onSuccess: async () => {
      setAsked(false);
      await queries.invalidateQueries({ queryKey: ['keys'] });
      toastDone(`${name} is revoked.`);
    },
  });
  return (
    <>
      <Button look="quiet" size="small" aria-label={`Revoke ${name}`} onPress={() => setAsked(true)}>
        Revoke
      </Button>
      <Confirm
        title={`Revoke ${name}?`}
        says="At once and for ever: whatever calls with it makes no more calls."
        act="Revoke"
        isOpen={isAsked}
        isPending={revoke.isPending}
        onConfirm={() => revoke.mutate()}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
