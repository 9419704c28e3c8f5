import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Me } from '../../../contract/v3/me.ts';
import { ask } from '../../api/client.ts';
import { meQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Panel } from '../../ui/page.tsx';
import { toastDone } from '../../ui/toast.tsx';

export function OwnName({ name }: { readonly name: string }) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (to: string) => ask<Me>('PATCH', '/v3/me', { body: { name: to } }),
    onSuccess: (me) => {
      queries.setQueryData(meQuery.queryKey, me);
      toastDone('Your name is changed.');
    },
  });
  return (
    <Panel title="Your name">
      <Form fault={change.error} onSubmit={({ name: to = '' }) => change.mutate(to)}>
        <TextField
          name="name"
          label="What people call you"
          defaultValue={name}
          autoComplete="name"
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
