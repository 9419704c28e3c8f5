import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MadeLink } from '../../../contract/v3/links.ts';
import { ask } from '../../api/client.ts';
import { countOf } from '../../parts/count-of.ts';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { Dialog, FormActs, ReadAct } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { nowMs } from '../../ui/now.ts';
import { Select } from '../../ui/select.tsx';

const ENDS = [
  { id: '1', label: 'In a day' },
  { id: '7', label: 'In a week' },
  { id: '30', label: 'In 30 days' },
] as const;

/** Makes a link for one pair of numbers, and shows it once. */
export function MakeLink({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [days, setDays] = useState<(typeof ENDS)[number]['id']>('1');
  const make = useMutation({
    mutationFn: ({ uses = '', ...given }: Readonly<Record<string, string>>) =>
      ask<MadeLink>('POST', '/v3/links', {
        body: {
          ...given,
          uses: countOf(uses),
          expires_at: new Date(nowMs() + Number(days) * 86_400_000).toISOString(),
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['links'] }),
  });
  const close = () => {
    onClose();
    make.reset();
  };
  return (
    <Dialog title={make.data === undefined ? 'Make a link' : 'The link'} isOpen={isOpen} onClose={close}>
      {make.data === undefined ? (
        <Form fault={make.error} onSubmit={(values) => make.mutate(values)}>
          <TextField
            name="dial_first"
            label="First number"
            help="Rings first."
            inputMode="tel"
            autoComplete="off"
            isRequired
            autoFocus
            mono
          />
          <TextField
            name="dial_second"
            label="Second number"
            help="Whom it is connected to."
            inputMode="tel"
            autoComplete="off"
            isRequired
            mono
          />
          <TextField
            name="label"
            label="What it is for"
            help="Its page says so."
            autoComplete="off"
            isRequired={false}
          />
          <TextField
            name="uses"
            label="Calls that it may make"
            defaultValue="1"
            inputMode="numeric"
            autoComplete="off"
            isRequired
            mono
          />
          <Select label="Ends" choices={ENDS} value={days} onChange={setDays} />
          <FormActs act="Make it" isPending={make.isPending} onClose={close} />
        </Form>
      ) : (
        <>
          <ShownOnce label="The link" text={make.data.url} says="Copy the link now." />
          <ReadAct act="I have it" onClose={close} />
        </>
      )}
    </Dialog>
  );
}
