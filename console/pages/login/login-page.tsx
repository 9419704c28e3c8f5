import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Door } from './door.tsx';

export function LoginPage() {
  const { next } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const login = useMutation({
    mutationFn: (body: Readonly<Record<string, string>>) => ask('POST', '/v3/sessions', { body }),
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: next ?? '/' });
    },
  });
  return (
    <Door title="Log in">
      <Form fault={login.error} onSubmit={(values) => login.mutate(values)}>
        <TextField name="email" label="E-mail" type="email" autoComplete="username" isRequired autoFocus />
        <TextField
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          isRequired
        />
        <Button type="submit" look="main" isPending={login.isPending}>
          Log in
        </Button>
      </Form>
    </Door>
  );
}
