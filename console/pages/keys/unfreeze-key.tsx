import { useQueryClient } from '@tanstack/react-query';
import type { Key } from '../../../contract/v3/keys.ts';
import { ask } from '../../api/client.ts';
import { ConfirmButton } from '../../ui/dialog.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { keyName } from './key-name.ts';

/** Of a key that froze itself. */
export function UnfreezeKey({ apiKey }: { readonly apiKey: Key }) {
  const queries = useQueryClient();
  const name = keyName(apiKey);
  if (apiKey.frozen === null) return null;
  return (
    <ConfirmButton
      look="quiet"
      size="small"
      name={`Unfreeze ${name}`}
      title="Were these calls meant?"
      says={`${name} made ${apiKey.frozen.reason}. Unfreeze it if that was meant; it may do so from now on. If not, revoke it.`}
      act="Unfreeze"
      onConfirm={() => ask('POST', `/v3/keys/${apiKey.id}/unfreeze`)}
      onDone={() => {
        toastDone(`${name} makes calls again.`);
        return queries.invalidateQueries({ queryKey: ['keys'] });
      }}
    >
      Unfreeze
    </ConfirmButton>
  );
}
