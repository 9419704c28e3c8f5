import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewInvitation } from '../../../contract/v3/members.ts';
import { ask } from '../../api/client.ts';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { Dialog, FormActs, ReadAct } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { ROLES, type RoleId } from './roles.ts';

/** Invites somebody: by e-mail, or by a link to give to them where none is sent. */
export function Invite({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [role, setRole] = useState<RoleId>('member');
  const invite = useMutation({
    mutationFn: (email: string) => ask<NewInvitation>('POST', '/v3/invitations', { body: { email, role } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations'] }),
  });
  const close = () => {
    onClose();
    invite.reset();
  };
  const made = invite.data;
  return (
    <Dialog title={made === undefined ? 'Invite somebody' : 'Invited'} isOpen={isOpen} onClose={close}>
      {made === undefined ? (
        <Form fault={invite.error} onSubmit={({ email = '' }) => invite.mutate(email)}>
          <TextField name="email" label="E-mail" type="email" autoComplete="off" isRequired autoFocus />
          <Select label="Role" choices={ROLES} value={role} onChange={setRole} />
          <FormActs act="Invite" isPending={invite.isPending} onClose={close} />
        </Form>
      ) : (
        <>
          {made.link === null ? (
            <Notice tone="good" says={`A letter is on its way to ${made.email}.`} />
          ) : (
            <ShownOnce label="The link" text={made.link} says={`Give this link to ${made.email}.`} />
          )}
          <ReadAct act="Good" onClose={close} />
        </>
      )}
    </Dialog>
  );
}
