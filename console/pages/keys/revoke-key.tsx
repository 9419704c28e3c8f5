import { useQueryClient } from '@tanstack/react-query';
import type { Key } from '../../../contract/v3/keys.ts';
import { ask } from '../../api/client.ts';
import { ConfirmButton } from '../../ui/dialog.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { keyName } from './key-name.ts';

export function RevokeKey({ apiKey }: { readonly apiKey: Key }) {
  const queries = useQueryClient();
  const name = keyName(apiKey);
  return (
    <ConfirmButton
      look="quiet"
      size="small"
      name={`Revoke ${name}`}
      title={`Revoke ${name}?`}
      says="At once and for ever: whatever calls with it makes no more calls."
      act="Revoke"
      onConfirm={() => ask('DELETE', `/v3/keys/${apiKey.id}`)}
      onDone={() => {
        toastDone(`${name} is revoked.`);
        return queries.invalidateQueries({ queryKey: ['keys'] });
      }}
    >
      Revoke
    </ConfirmButton>
  );
}
