import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Invitation } from '../../../contract/v3/people.ts';
import { ask } from '../../api/client.ts';
import { invitationsQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { toastFault } from '../../ui/toast.tsx';
import { ROLES } from './roles.ts';

const COLUMNS: readonly Column<Invitation>[] = [
  { head: 'E-mail', cell: ({ email }) => email, small: 'title' },
  { head: 'Role', cell: ({ role }) => ROLES.find(({ id }) => id === role)?.label ?? role },
  { head: 'Until', cell: ({ expires_at: at }) => <Time at={at} /> },
  {
    head: 'Acts',
    headless: true,
    align: 'right',
    cell: (invitation) => <TakeBack invitation={invitation} />,
  },
];

/** Those who were invited and have not come yet. */
export function Invitations() {
  const { data } = useQuery(invitationsQuery);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className="part" aria-labelledby="invited">
      <h2 id="invited">Invited</h2>
      <Table label="Invitations" columns={COLUMNS} rows={data.items} keyOf={({ id }) => id} />
    </section>
  );
}

function TakeBack({ invitation: { id, email } }: { readonly invitation: Invitation }) {
  const queries = useQueryClient();
  const takeBack = useMutation({
    mutationFn: () => ask('DELETE', `/v3/invitations/${id}`),
    onError: toastFault,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations'] }),
  });
  return (
    <Button
      look="quiet"
      size="small"
      aria-label={`Take back the invitation of ${email}`}
      isPending={takeBack.isPending}
      onPress={() => takeBack.mutate()}
    >
      Take back
    </Button>
  );
}
