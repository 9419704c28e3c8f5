import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, CheckboxGroup as AriaCheckboxGroup } from 'react-aria-components';
import { FieldLabel, FieldNotes } from './field.tsx';
import './checkbox.css';

/** Any of a few. */
export function CheckboxGroup({
  name,
  label,
  help,
  choices,
  value,
  onChange,
}: {
  readonly name: string;
  readonly label: string;
  readonly help?: ReactNode;
  readonly choices: readonly { readonly id: string; readonly label: string; readonly says?: string }[];
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}) {
  return (
    <AriaCheckboxGroup className="field" name={name} value={[...value]} onChange={onChange}>
      <FieldLabel label={label} />
      <div className="checks">
        {choices.map((choice) => (
          <AriaCheckbox key={choice.id} value={choice.id} className="check">
            <span className="check-box">
              <Check size={14} strokeWidth={3} aria-hidden />
            </span>
            <span className="check-words">
              <span className={choice.says === undefined ? undefined : 'mono'}>{choice.label}</span>
              {choice.says !== undefined && <span className="muted small">{choice.says}</span>}
            </span>
          </AriaCheckbox>
        ))}
      </div>
      <FieldNotes help={help} />
    </AriaCheckboxGroup>
  );
}
