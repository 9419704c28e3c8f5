import { SCOPES } from '../../../contract/v3/scopes.ts';
import { CheckboxGroup } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { COUNTS, LISTS, type AskedKey } from './key-limits.ts';

const EXPIRIES = [
  { id: '0', label: 'Never' },
  { id: '1', label: 'In a day' },
  { id: '30', label: 'In 30 days' },
  { id: '365', label: 'In a year' },
] as const;

const CHOICES = Object.entries(SCOPES).map(([id, says]) => ({ id, label: id, says }));

/** What a new key may do and how much: folded away, for a key without limits is a good beginning. */
export function LimitFields({
  asked,
  onChange,
}: {
  readonly asked: AskedKey;
  readonly onChange: (changed: Partial<AskedKey>) => void;
}) {
  const isWeb = asked.kind === 'publishable';
  return (
    <>
      {!isWeb && (
        <details className="fold">
          <summary>
            What it may do: {asked.scopes.length === CHOICES.length ? 'everything' : 'a part'}
          </summary>
          <CheckboxGroup
            name="scopes"
            label="Rights"
            choices={CHOICES}
            value={asked.scopes}
            onChange={(scopes) => onChange({ scopes })}
          />
        </details>
      )}
      <details className="fold" open={isWeb || undefined}>
        <summary>Its limits: whom, from where, how many</summary>
        <div className="form">
          {LISTS.map(({ name, label, help }) => (
            <TextField
              key={name}
              name={name}
              label={label}
              help={help}
              value={asked.lists[name] ?? ''}
              onChange={(text) => onChange({ lists: { ...asked.lists, [name]: text } })}
              placeholder="any"
              autoComplete="off"
              isRequired={isWeb && name === 'allow_origin'}
              mono
            />
          ))}
          {COUNTS.map(({ name, label }) => (
            <TextField
              key={name}
              name={name}
              label={label}
              value={asked.counts[name] ?? ''}
              onChange={(text) => onChange({ counts: { ...asked.counts, [name]: text } })}
              placeholder="any number"
              inputMode="numeric"
              autoComplete="off"
              isRequired={false}
              mono
            />
          ))}
          <Select
            label="Expires"
            choices={EXPIRIES}
            value={expiryOf(asked.days)}
            onChange={(days) => onChange({ days: Number(days) })}
          />
        </div>
      </details>
    </>
  );
}

function expiryOf(days: number): (typeof EXPIRIES)[number]['id'] {
  return EXPIRIES.find(({ id }) => id === String(days))?.id ?? '0';
}
