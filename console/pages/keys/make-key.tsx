import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Key } from '../../../contract/v3/keys.ts';
import { SCOPES } from '../../../contract/v3/scopes.ts';
import { ask } from '../../api/client.ts';
import { Dialog, FormActs } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { nowMs } from '../../ui/now.ts';
import { Select } from '../../ui/select.tsx';
import { bodyOf, type AskedKey } from './key-limits.ts';
import { LimitFields } from './limit-fields.tsx';
import { TheKey } from './the-key.tsx';

type MadeKey = Key & { readonly api_key: string };

const NEW: AskedKey = {
  label: '',
  kind: 'live',
  scopes: Object.keys(SCOPES),
  lists: {},
  counts: {},
  days: 0,
};

const KINDS = [
  { id: 'live', label: 'Live', says: 'Calls on any PBX of the account' },
  { id: 'test', label: 'Test', says: 'Calls on the PBXs in the box alone: nobody is rung' },
  { id: 'publishable', label: 'Publishable', says: 'For web pages: calls from the origins that you name' },
] as const;

/** Makes a key, and shows it once. */
export function MakeKey({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(NEW);
  const make = useMutation({
    mutationFn: () => ask<MadeKey>('POST', '/v3/keys', { body: bodyOf(asked, nowMs()) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
  const close = () => {
    onClose();
    make.reset();
    setAsked(NEW);
  };
  const change = (changed: Partial<AskedKey>) => setAsked({ ...asked, ...changed });
  return (
    <Dialog title={make.data === undefined ? 'Make a key' : 'The key'} isOpen={isOpen} onClose={close}>
      {make.data === undefined ? (
        <Form fault={make.error} onSubmit={() => make.mutate()}>
          <TextField
            name="label"
            label="What it is for"
            help="The CRM, the web page, the script: so that you know which one to revoke."
            value={asked.label}
            onChange={(label) => change({ label })}
            autoComplete="off"
            autoFocus
          />
          <Select label="Kind" choices={KINDS} value={asked.kind} onChange={(kind) => change({ kind })} />
          <LimitFields asked={asked} onChange={change} />
          <FormActs act="Make it" isPending={make.isPending} onClose={close} />
        </Form>
      ) : (
        <TheKey apiKey={make.data.api_key} onClose={close} />
      )}
    </Dialog>
  );
}
