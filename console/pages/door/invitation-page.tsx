import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import type { SignedUp } from '../../../contract/v3/sign-up.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { BrokenLink } from './broken-link.tsx';
import { Door } from './door.tsx';
import { isWhole, useLinkToken } from './link-token.ts';
import { PersonFields } from './person-fields.tsx';

/** Takes an invitation up: who has signed up before gives the password that they have. */
export function InvitationPage() {
  const invitation = useLinkToken();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const join = useMutation({
    mutationFn: (person: Readonly<Record<string, string>>) =>
      ask<SignedUp>('POST', '/v3/signup', { body: { ...person, invitation } }),
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: '/' });
    },
  });
  if (!isWhole(invitation))
    return (
      <Door title="You are invited">
        <BrokenLink />
      </Door>
    );
  return (
    <Door
      title="You are invited"
      says="Give the e-mail that the invitation was for. If you have signed up here before, give the password that you have."
    >
      <Form fault={join.error} onSubmit={(values) => join.mutate(values)}>
        <PersonFields />
        <Button type="submit" look="main" isPending={join.isPending}>
          Join
        </Button>
      </Form>
    </Door>
  );
}
