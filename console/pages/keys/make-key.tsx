import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Key } from '../../../contract/v3/keys.ts';
import { ask } from '../../api/client.ts';
import { CallWithKey } from '../../parts/call-with-key.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';

type MadeKey = Key & { readonly api_key: string };

/** Makes a key, and shows it once. */
export function MakeKey({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [label, setLabel] = useState('');
  const make = useMutation({
    mutationFn: () => ask<MadeKey>('POST', '/v3/keys', { body: { label } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
  const close = () => {
    onClose();
    make.reset();
    setLabel('');
  };
  return (
    <Dialog title={make.data === undefined ? 'Make a key' : 'The key'} isOpen={isOpen} onClose={close}>
      {make.data === undefined ? (
        <Form fault={make.error} onSubmit={() => make.mutate()}>
          <TextField
            name="label"
            label="What it is for"
            help="The CRM, the web page, the script: so that you know which one to revoke."
            value={label}
            onChange={setLabel}
            autoComplete="off"
            autoFocus
          />
          <div className="dialog-acts">
            <Button onPress={close}>Leave it</Button>
            <Button type="submit" look="main" isPending={make.isPending}>
              Make it
            </Button>
          </div>
        </Form>
      ) : (
        <>
          <ShownOnce label="The key" text={make.data.api_key} says="Copy the key now." />
          <CallWithKey apiKey={make.data.api_key} />
          <div className="dialog-acts">
            <Button look="main" onPress={close}>
              I have it
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
