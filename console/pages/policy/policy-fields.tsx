import type { OutsideType, Policy } from '../../../contract/v3/policy.ts';
import { CheckboxGroup } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { OUTSIDE_TYPES } from './outside-types.ts';
import { RulesPanel, type Rule } from './rules-panel.tsx';
import { HOW_MANY, INSIDE, WHEN, WHERE, type TextRule } from './text-rules.ts';
import type { TypedPolicy } from './typed-policy.ts';

export function PolicyFields({
  saved,
  typed,
  faulty,
  isOpen,
  onChange,
}: {
  readonly saved: Policy;
  readonly typed: TypedPolicy;
  /** Rules that were not taken as they were typed. */
  readonly faulty: ReadonlySet<string>;
  /** Whether who looks may change it. */
  readonly isOpen: boolean;
  readonly onChange: (changed: Partial<TypedPolicy>) => void;
}) {
  const ruleOf = ({ isLong = false, isMain = false, ...text }: TextRule): Rule => {
    const Field = isLong ? TextArea : TextField;
    const field = (
      <Field
        {...text}
        value={typed.texts[text.name]}
        onChange={(value) => onChange({ texts: { ...typed.texts, [text.name]: value } })}
        isReadOnly={!isOpen}
        autoComplete="off"
        mono
      />
    );
    return { name: text.name, label: text.label, field, isMain, isWide: isLong };
  };
  const types: Rule = {
    name: 'types_refused',
    label: 'Types of numbers that are refused',
    isWide: true,
    field: (
      <CheckboxGroup
        name="types_refused"
        label="Types of numbers that are refused"
        choices={OUTSIDE_TYPES}
        value={typed.types_refused}
        onChange={(refused) => onChange({ types_refused: refused as OutsideType[] })}
      />
    ),
  };
  const freezing: Rule = {
    name: 'freeze_keys',
    label: 'Freeze keys that look stolen',
    isWide: true,
    field: (
      <Switch
        label="Freeze keys that look stolen"
        help="A key whose calls are like a thief's makes no more, until somebody unfreezes it."
        isSelected={typed.freeze_keys}
        onChange={(freeze) => onChange({ freeze_keys: freeze })}
      />
    ),
  };
  const emergency: Rule = {
    name: 'emergency',
    label: 'Emergency numbers may be called',
    isWide: true,
    field: (
      <Switch
        label="Emergency numbers may be called"
        isSelected={typed.emergency === 'allow'}
        onChange={(allow) => onChange({ emergency: allow ? 'allow' : 'refuse' })}
      />
    ),
  };
  const shared = { saved, faulty };
  return (
    <>
      <RulesPanel title="Where to" rules={[...WHERE.map(ruleOf), types]} {...shared} />
      <RulesPanel title="When, and as whom" rules={WHEN.map(ruleOf)} {...shared} />
      <RulesPanel title="How many" rules={[...HOW_MANY.map(ruleOf), freezing]} {...shared} />
      <RulesPanel title="How numbers are read" rules={[...INSIDE.map(ruleOf), emergency]} {...shared} />
    </>
  );
}
