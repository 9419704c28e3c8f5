import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Key } from '../../../contract/v3/keys.ts';
import { ask } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { toastDone, toastFault } from '../../ui/toast.tsx';

/** Of a key that froze itself. */
export function UnfreezeKey({ apiKey: { id, label, prefix, frozen } }: { readonly apiKey: Key }) {
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const name = label === '' ? `${prefix}…` : label;
  const unfreeze = useMutation({
    mutationFn: () => ask('POST', `/v3/keys/${id}/unfreeze`),
    onError: toastFault,
    onSuccess: async () => {
      setAsked(false);
      await queries.invalidateQueries({ queryKey: ['keys'] });
      toastDone(`${name} makes calls again.`);
    },
  });
  if (frozen === null) return null;
  return (
    <>
      <Button look="quiet" size="small" aria-label={`Unfreeze ${name}`} onPress={() => setAsked(true)}>
        Unfreeze
      </Button>
      <Confirm
        title="Were these calls meant?"
        says={`${name} made ${frozen.reason}. Unfreeze it if that was meant; it may do so from now on. If not, revoke it.`}
        act="Unfreeze"
        isOpen={isAsked}
        isPending={unfreeze.isPending}
        onConfirm={() => unfreeze.mutate()}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
