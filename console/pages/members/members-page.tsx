import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { Member } from '../../../contract/v3/people.ts';
import { needed } from '../../api/needed.ts';
import { meQuery, membersQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { Invitations } from './invitations.tsx';
import { Invite } from './invite.tsx';
import { MemberRole } from './member-role.tsx';
import { RemoveMember } from './remove-member.tsx';

/** Who may log in to the account, and as what. */
export function MembersPage() {
  const { data } = needed(useQuery(membersQuery));
  const { data: me } = useQuery(meQuery);
  const [isInviting, setInviting] = useState(false);
  const columns: readonly Column<Member>[] = [
    {
      head: 'Who',
      cell: ({ id, name, email }) => (
        <>
          <strong>{name}</strong>
          {id === me?.user?.id && ' (you)'}
          <div className="muted">{email}</div>
        </>
      ),
      small: 'title',
    },
    { head: 'Role', cell: (member) => <MemberRole member={member} /> },
    { head: 'Since', cell: ({ since }) => <Time at={since} />, small: 'drop' },
    {
      head: 'Last seen',
      cell: ({ last_seen_at: at }) => (at === null ? <span className="muted">never</span> : <Time at={at} />),
    },
    { head: 'Acts', headless: true, align: 'right', cell: (member) => <RemoveMember member={member} /> },
  ];
  return (
    <Page
      title="People"
      says="Who may log in to this account. Owners and admins see everything; members call; viewers read."
      acts={
        <Button look="main" onPress={() => setInviting(true)}>
          <UserPlus aria-hidden /> Invite somebody
        </Button>
      }
    >
      {data === undefined ? (
        <Loading />
      ) : (
        <Table label="People" columns={columns} rows={data.items} keyOf={({ id }) => id} />
      )}
      <Invitations />
      <Invite isOpen={isInviting} onClose={() => setInviting(false)} />
    </Page>
  );
}
