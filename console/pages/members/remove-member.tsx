import { useQueryClient } from '@tanstack/react-query';
import type { Member } from '../../../contract/v3/people.ts';
import { ask } from '../../api/client.ts';
import { ConfirmButton } from '../../ui/dialog.tsx';
import { toastDone } from '../../ui/toast.tsx';

export function RemoveMember({ member: { id, name } }: { readonly member: Member }) {
  const queries = useQueryClient();
  return (
    <ConfirmButton
      look="quiet"
      size="small"
      name={`Remove ${name}`}
      title={`Remove ${name}?`}
      says="They are logged out of this account at once. Keys that they made stay: revoke those that they know."
      act="Remove"
      onConfirm={() => ask('DELETE', `/v3/members/${id}`)}
      onDone={() => {
        toastDone(`${name} is removed.`);
        return queries.invalidateQueries({ queryKey: ['members'] });
      }}
    >
      Remove
    </ConfirmButton>
  );
}
