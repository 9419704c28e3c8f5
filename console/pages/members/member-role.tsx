import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Member } from '../../../contract/v3/people.ts';
import { ask } from '../../api/client.ts';
import { Select } from '../../ui/select.tsx';
import { toastDone, toastFault } from '../../ui/toast.tsx';
import { ROLES, type RoleId } from './roles.ts';
import './members.css';

/** Somebody's role, to be changed where it stands. */
export function MemberRole({ member: { id, name, role } }: { readonly member: Member }) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (to: RoleId) => ask<Member>('PATCH', `/v3/members/${id}`, { body: { role: to } }),
    onError: toastFault,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['members'] });
      toastDone(`${name} has another role from the next request on.`);
    },
  });
  return (
    <div className="member-role">
      <Select
        label={`Role of ${name}`}
        isLabelUnseen
        choices={ROLES}
        value={role}
        onChange={(to) => {
          if (to !== role) change.mutate(to);
        }}
      />
    </div>
  );
}
