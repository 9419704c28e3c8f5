import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { configQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Door } from './door.tsx';
import { useEnter } from './use-enter.ts';

export function LoginPage() {
  const { next } = useSearch({ from: '/login' });
  const { data: config } = useQuery(configQuery);
  const enter = useEnter(next);
  return (
    <Door
      title="Log in"
      below={
        <>
          {config?.signup === 'open' && (
            <p>
              No account yet? <Link to="/signup">Sign up</Link>
            </p>
          )}
          <p>
            <Link to="/reset">Forgot the password?</Link>
          </p>
        </>
      }
    >
      <Form
        fault={enter.error}
        onSubmit={({ email = '', password = '' }) => enter.mutate({ email, password })}
      >
        <TextField name="email" label="E-mail" type="email" autoComplete="username" isRequired autoFocus />
        <TextField
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          isRequired
        />
        <Button type="submit" look="main" isPending={enter.isPending}>
          Log in
        </Button>
      </Form>
    </Door>
  );
}
