import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Key } from '../../../contract/v3/keys.ts';
import { ask } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone, toastFault } from '../../ui/toast.tsx';
import { isEnded } from './key-state.tsx';
import { RevokeKey } from './revoke-key.tsx';

/** Keys whose calls looked like those of a thief: why, and the two answers to that. */
export function FrozenKeys({ keys }: { readonly keys: readonly Key[] }) {
  return keys
    .filter((key) => key.frozen !== null && !isEnded(key))
    .map((key) => <FrozenKey key={key.id} apiKey={key} />);
}

function FrozenKey({ apiKey }: { readonly apiKey: Key }) {
  const { id, label, prefix, frozen } = apiKey;
  const queries = useQueryClient();
  const name = label === '' ? `${prefix}…` : label;
  const unfreeze = useMutation({
    mutationFn: () => ask('POST', `/v3/keys/${id}/unfreeze`),
    onError: toastFault,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['keys'] });
      toastDone(`${name} makes calls again.`);
    },
  });
  if (frozen === null) return null;
  return (
    <Notice tone="bad" says={`${name} is frozen, and makes no calls.`} remedy={frozen.reason}>
      <p className="dense">
        Since <Time at={frozen.since} />. If these calls were not yours, revoke it.
      </p>
      <div className="page-acts">
        <Button size="small" isPending={unfreeze.isPending} onPress={() => unfreeze.mutate()}>
          They were ours: let it call again
        </Button>
        <RevokeKey apiKey={apiKey} />
      </div>
    </Notice>
  );
}
