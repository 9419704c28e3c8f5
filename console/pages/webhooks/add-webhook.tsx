import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { WEBHOOK_TYPES } from '../../../contract/call-words.ts';
import type { NewWebhook } from '../../../contract/v3/webhook.ts';
import { ask } from '../../api/client.ts';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { CheckboxGroup } from '../../ui/checkbox.tsx';
import { Dialog, FormActs, ReadAct } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';

const ALL = Object.keys(WEBHOOK_TYPES);
const CHOICES = Object.entries(WEBHOOK_TYPES).map(([id, says]) => ({ id, label: id, says }));

/** Adds a webhook, and shows once what its messages are signed with. */
export function AddWebhook({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [types, setTypes] = useState<readonly string[]>(ALL);
  const add = useMutation({
    mutationFn: ({ url, label }: Readonly<Record<string, string>>) =>
      ask<NewWebhook>('POST', '/v3/webhooks', {
        body: { url, label, types: types.length === ALL.length ? null : types },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  const close = () => {
    onClose();
    add.reset();
    setTypes(ALL);
  };
  return (
    <Dialog title={add.data === undefined ? 'Add a webhook' : 'Its secret'} isOpen={isOpen} onClose={close}>
      {add.data === undefined ? (
        <Form fault={add.error} onSubmit={(values) => add.mutate(values)}>
          <TextField
            name="url"
            label="URL"
            type="url"
            help="Messages are sent there by POST."
            placeholder="https://crm.example.net/calls"
            autoComplete="off"
            isRequired
            autoFocus
            mono
          />
          <TextField name="label" label="What it is" autoComplete="off" isRequired={false} />
          <details className="fold">
            <summary>What it is told of: {types.length === ALL.length ? 'everything' : 'a part'}</summary>
            <CheckboxGroup name="types" label="Events" choices={CHOICES} value={types} onChange={setTypes} />
          </details>
          <FormActs act="Add it" isPending={add.isPending} onClose={close} />
        </Form>
      ) : (
        <>
          <ShownOnce
            label="The secret"
            text={add.data.secret}
            says="Copy its secret now: your program verifies with it that messages are ours."
          />
          <ReadAct act="I have it" onClose={close} />
        </>
      )}
    </Dialog>
  );
}
