import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import { configQuery } from '../../api/queries.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { BrokenLink } from './broken-link.tsx';
import { Door } from './door.tsx';
import { isWhole, useLinkToken } from './link-token.ts';
import { NewPasswordField } from './person-fields.tsx';

/** Asks for a link to set a new password; where that link leads, sets it. */
export function ResetPage() {
  const token = useLinkToken();
  if (token === '') return <AskForLink />;
  return isWhole(token) ? <SetPassword token={token} /> : <AskAnew />;
}

function AskForLink() {
  const { data: config } = useQuery(configQuery);
  const reset = useMutation({
    mutationFn: (body: Readonly<Record<string, string>>) => ask('POST', '/v3/password_resets', { body }),
  });
  return (
    <Door title="A new password" below={<Link to="/login">Back to the log-in</Link>}>
      {config?.email === false ? (
        <Notice
          tone="note"
          says="This installation sends no e-mail."
          remedy="Whoever runs it makes a link for you: click2call user link."
        />
      ) : reset.isSuccess ? (
        <Notice
          tone="good"
          says="If somebody has this e-mail, a link is on its way."
          remedy="It is good once, for an hour."
        />
      ) : (
        <Form fault={reset.error} onSubmit={({ email = '' }) => reset.mutate({ email })}>
          <TextField name="email" label="E-mail" type="email" autoComplete="username" isRequired autoFocus />
          <Button type="submit" look="main" isPending={reset.isPending}>
            Send me a link
          </Button>
        </Form>
      )}
    </Door>
  );
}

function AskAnew() {
  return (
    <Door title="A new password" below={<Link to="/login">Back to the log-in</Link>}>
      <BrokenLink />
    </Door>
  );
}

function SetPassword({ token }: { readonly token: string }) {
  const set = useMutation({
    mutationFn: (password: string) =>
      ask('PUT', `/v3/password_resets/${encodeURIComponent(token)}`, { body: { password } }),
  });
  return (
    <Door title="A new password" says="You are logged out everywhere then.">
      {set.isSuccess ? (
        <>
          <Notice tone="good" says="The password is set." />
          <LinkButton to="/login" look="main">
            Log in with it
          </LinkButton>
        </>
      ) : (
        <Form fault={set.error} onSubmit={({ password = '' }) => set.mutate(password)}>
          <NewPasswordField />
          <Button type="submit" look="main" isPending={set.isPending}>
            Set it
          </Button>
        </Form>
      )}
    </Door>
  );
}
