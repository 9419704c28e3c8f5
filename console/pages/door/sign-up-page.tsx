import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import type { SignedUp } from '../../../contract/v3/sign-up.ts';
import { configQuery } from '../../api/queries.ts';
import { CallWithKey } from '../../parts/call-with-key.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Door } from './door.tsx';
import { PersonFields } from './person-fields.tsx';

const CLOSED = {
  invitation: 'An owner of an account can invite you.',
  closed: 'Whoever runs it makes accounts: ask them.',
} as const;

/** Makes an account, and shows its first key once. */
export function SignUpPage() {
  const { data: config } = useQuery(configQuery);
  const queries = useQueryClient();
  const signUp = useMutation({
    mutationFn: ({ account_name: account = '', ...person }: Readonly<Record<string, string>>) =>
      ask<SignedUp>('POST', '/v3/signup', {
        body: { ...person, ...(account.trim() === '' ? {} : { account_name: account }) },
      }),
    onSuccess: () => queries.removeQueries({ queryKey: ['me'] }),
  });
  if (signUp.data !== undefined) return <FirstKey signedUp={signUp.data} />;
  return (
    <Door
      title="Sign up"
      below={
        <p>
          You have an account? <Link to="/login">Log in</Link>
        </p>
      }
    >
      {config !== undefined && config.signup !== 'open' ? (
        <Notice tone="note" says="Nobody signs up here by themselves." remedy={CLOSED[config.signup]} />
      ) : (
        <Form fault={signUp.error} onSubmit={(values) => signUp.mutate(values)}>
          <PersonFields />
          <TextField
            name="account_name"
            label="Company"
            help="What the account is called; your name unless given."
            autoComplete="organization"
            isRequired={false}
          />
          <Button type="submit" look="main" isPending={signUp.isPending}>
            Sign up
          </Button>
        </Form>
      )}
    </Door>
  );
}

function FirstKey({ signedUp: { user, key } }: { readonly signedUp: SignedUp }) {
  return (
    <Door title="Your key" says="Programs, links and buttons make calls with it." isWide>
      {key !== null && (
        <>
          <ShownOnce label="The key" text={key.key} says="Copy your key now." />
          <section className="part">
            <h2>A call with it</h2>
            <CallWithKey apiKey={key.key} />
          </section>
        </>
      )}
      {!user.confirmed && (
        <Notice
          tone="note"
          says={`A letter is on its way to ${user.email}.`}
          remedy="Open its link to show that the address is yours. Until then you can try everything on the PBX in the box."
        />
      )}
      <LinkButton to="/" look="main">
        Go on
      </LinkButton>
    </Door>
  );
}
