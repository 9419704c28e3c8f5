import type { OutsideType } from '../../../contract/v3/policy.ts';
import { CheckboxGroup } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/field.tsx';
import { Panel } from '../../ui/page.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { OUTSIDE_TYPES } from './outside-types.ts';
import './policy.css';
import type { TypedPolicy } from './typed-policy.ts';

type Name = keyof TypedPolicy['texts'];

interface FieldOf {
  readonly name: Name;
  readonly label: string;
  readonly help: string;
  readonly placeholder?: string;
  /** An item a line. */
  readonly isLong?: boolean;
}

const WHERE: readonly FieldOf[] = [
  {
    name: 'home_country',
    label: 'Home country',
    help: 'Two letters, such as DE: without it national numbers can not be read.',
  },
  {
    name: 'countries_allowed',
    label: 'Countries that may be called',
    help: 'DE, AT, CH. This alone stops most thefts.',
    placeholder: 'all',
  },
  {
    name: 'countries_denied',
    label: 'Countries that may not be called',
    help: 'Where all others may.',
    placeholder: 'none',
  },
  {
    name: 'numbers_allowed',
    label: 'Numbers that may be called',
    help: 'Whatever their country and type. Digits, x for any one, * at the end: +4930*',
    placeholder: 'none',
  },
  {
    name: 'numbers_denied',
    label: 'Numbers that may not be called',
    help: 'Where no more exact pattern allows them.',
    placeholder: 'none',
  },
];

const WHEN: readonly FieldOf[] = [
  {
    name: 'hours',
    label: 'Hours',
    help: 'When outside numbers may be called, a line each: Mon-Fri 08:00-18:00',
    placeholder: 'always',
    isLong: true,
  },
  {
    name: 'time_zone',
    label: 'Time zone',
    help: 'Of these hours, such as Europe/Berlin.',
    placeholder: 'UTC',
  },
  {
    name: 'dial_as',
    label: 'Who may dial as whom',
    help: 'A line each: 2xx as 201',
    placeholder: 'anybody as anybody',
    isLong: true,
  },
];

const INSIDE: readonly FieldOf[] = [
  {
    name: 'outside_prefixes',
    label: 'Outside line',
    help: 'What people dial for one, such as 0 or 9.',
    placeholder: 'nothing',
  },
  {
    name: 'extension_digits',
    label: 'Digits of an extension',
    help: 'Numbers of up to so many digits are extensions.',
  },
  {
    name: 'extensions',
    label: 'Extensions',
    help: 'What is an extension, and nothing else is: 1xx, 2xx',
    placeholder: 'by their digits',
  },
  {
    name: 'emergency_numbers',
    label: 'Emergency numbers',
    help: 'What is dialled for help: no rule stops it.',
  },
];

const HOW_MANY: readonly FieldOf[] = [
  {
    name: 'calls_per_minute',
    label: 'Calls a minute',
    help: 'Of the whole account.',
    placeholder: 'any number',
  },
  { name: 'calls_at_once', label: 'Calls at once', help: 'Of the whole account.', placeholder: 'any number' },
  {
    name: 'number_calls_per_minute',
    label: 'Calls a minute to one number',
    help: 'To one outside number.',
    placeholder: 'any number',
  },
  {
    name: 'number_calls_at_once',
    label: 'Calls at once to one number',
    help: 'To one outside number.',
    placeholder: 'any number',
  },
];

export function PolicyFields({
  typed,
  isOpen,
  onChange,
}: {
  readonly typed: TypedPolicy;
  /** Whether who looks may change it. */
  readonly isOpen: boolean;
  readonly onChange: (changed: Partial<TypedPolicy>) => void;
}) {
  const fieldOf = ({ isLong = false, ...field }: FieldOf) => {
    const Field = isLong ? TextArea : TextField;
    return (
      <Field
        key={field.name}
        {...field}
        value={typed.texts[field.name]}
        onChange={(text) => onChange({ texts: { ...typed.texts, [field.name]: text } })}
        isReadOnly={!isOpen}
        autoComplete="off"
        mono
      />
    );
  };
  return (
    <>
      <Panel title="Where to">
        {WHERE.map(fieldOf)}
        <CheckboxGroup
          name="types_refused"
          label="Types of numbers that are refused"
          choices={OUTSIDE_TYPES}
          value={typed.types_refused}
          onChange={(types) => onChange({ types_refused: types as OutsideType[] })}
        />
      </Panel>
      <Panel title="When, and as whom">{WHEN.map(fieldOf)}</Panel>
      <Panel title="How many">
        <div className="policy-pairs">{HOW_MANY.map(fieldOf)}</div>
        <Switch
          label="Freeze keys that look stolen"
          help="A key whose calls are like a thief's makes no more, until somebody unfreezes it."
          isSelected={typed.freeze_keys}
          onChange={(freeze) => onChange({ freeze_keys: freeze })}
        />
      </Panel>
      <Panel title="How numbers are read">
        {INSIDE.map(fieldOf)}
        <Switch
          label="Emergency numbers may be called"
          isSelected={typed.emergency === 'allow'}
          onChange={(allow) => onChange({ emergency: allow ? 'allow' : 'refuse' })}
        />
      </Panel>
    </>
  );
}
