import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { keyFor, type AskedWidget } from './snippet.ts';

/** Makes the key that this button needs, with its numbers for limits. */
export function WidgetKey({
  asked,
  onMade,
}: {
  readonly asked: AskedWidget;
  readonly onMade: (key: string) => void;
}) {
  const queries = useQueryClient();
  const [origins, setOrigins] = useState('');
  const [perMinute, setPerMinute] = useState('5');
  const make = useMutation({
    mutationFn: () =>
      ask<{ readonly api_key: string }>('POST', '/v3/keys', {
        body: keyFor(asked, origins, perMinute, window.location.origin),
      }),
    onSuccess: async ({ api_key: key }) => {
      onMade(key);
      await queries.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  return (
    <Form fault={make.error} onSubmit={() => make.mutate()}>
      <TextField
        name="allow_origin"
        label="Web origins of the page"
        help="Scheme and host, as in https://www.example.net; this console is added, so that you can try it here."
        value={origins}
        onChange={setOrigins}
        placeholder="https://www.example.net"
        autoComplete="off"
        isRequired
        mono
      />
      <TextField
        name="per_minute"
        label="Calls a minute"
        help="By all visitors together."
        value={perMinute}
        onChange={setPerMinute}
        inputMode="numeric"
        autoComplete="off"
        mono
      />
      <Button type="submit" isPending={make.isPending}>
        Make a key for it
      </Button>
    </Form>
  );
}
