import { useQuery } from '@tanstack/react-query';
import { PhoneOutgoing } from 'lucide-react';
import { pbxsQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Select } from '../../ui/select.tsx';
import type { Dialled } from './dialled.ts';

/** As few fields as a call needs, and the others behind a fold. */
export function DialForm({
  dialled,
  onChange,
  onCall,
  fault,
  isPending,
}: {
  readonly dialled: Dialled;
  readonly onChange: (changed: Partial<Dialled>) => void;
  readonly onCall: () => void;
  readonly fault: unknown;
  readonly isPending: boolean;
}) {
  const { data: pbxs } = useQuery(pbxsQuery);
  const choices = [
    { id: '', label: 'The first Asterisk' },
    ...(pbxs?.items ?? []).map(({ name }) => ({ id: name, label: name })),
  ];
  return (
    <Form fault={fault} onSubmit={onCall}>
      <TextField
        name="dial_first"
        label="First number"
        help="Rings first: your own phone."
        value={dialled.first}
        onChange={(first) => onChange({ first })}
        inputMode="tel"
        autoComplete="off"
        placeholder="101"
        autoFocus={dialled.first === ''}
        mono
        isRequired
      />
      <TextField
        name="dial_second"
        label="Second number"
        help="Who you want to talk to, as people write numbers."
        value={dialled.second}
        onChange={(second) => onChange({ second })}
        inputMode="tel"
        autoComplete="off"
        placeholder="+1 (212) 555-0123"
        autoFocus={dialled.first !== ''}
        mono
        isRequired
      />
      <details className="fold">
        <summary>Dial as, ring for, PBX</summary>
        <div className="form">
          <TextField
            name="dial_as"
            label="Dial as"
            help="The extension whose rights and identity the second leg uses; the first number unless given."
            value={dialled.dialAs}
            onChange={(dialAs) => onChange({ dialAs })}
            inputMode="tel"
            autoComplete="off"
            mono
          />
          <TextField
            name="timeout"
            label="Ring for, in seconds"
            help="Each phone rings so long; 30 unless given."
            value={dialled.timeout}
            onChange={(timeout) => onChange({ timeout })}
            inputMode="numeric"
            autoComplete="off"
            mono
          />
          <Select
            name="pbx"
            label="PBX"
            choices={choices}
            value={dialled.pbx}
            onChange={(pbx) => onChange({ pbx })}
          />
        </div>
      </details>
      <Button type="submit" look="main" size="large" isPending={isPending}>
        <PhoneOutgoing aria-hidden />
        Call
      </Button>
    </Form>
  );
}
