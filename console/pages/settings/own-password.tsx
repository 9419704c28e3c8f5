import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Panel } from '../../ui/page.tsx';
import { toastDone } from '../../ui/toast.tsx';

/** A new password ends all other sessions. */
export function OwnPassword() {
  const queries = useQueryClient();
  const [times, setTimes] = useState(0);
  const change = useMutation({
    mutationFn: (body: Readonly<Record<string, string>>) => ask('PATCH', '/v3/me', { body }),
    onSuccess: async () => {
      setTimes(times + 1);
      await queries.invalidateQueries({ queryKey: ['sessions'] });
      toastDone('The password is changed, and you are logged out everywhere else.');
    },
  });
  return (
    <Panel title="Your password">
      <Form
        key={times}
        fault={change.error}
        onSubmit={({ current_password = '', password = '' }) => change.mutate({ current_password, password })}
      >
        <TextField
          name="current_password"
          label="The one that you have"
          type="password"
          autoComplete="current-password"
          isRequired
        />
        <TextField
          name="password"
          label="The new one"
          type="password"
          autoComplete="new-password"
          minLength={10}
          help="At least 10 characters. You are logged out everywhere else then."
          isRequired
        />
        <div>
          <Button type="submit" isPending={change.isPending}>
            Change it
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
