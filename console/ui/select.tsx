import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  type Key,
} from 'react-aria-components';
import { FieldLabel, FieldNotes } from './field.tsx';
import './select.css';

export interface Choice<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly says?: string;
}

/** One of a few. With a `name` it is part of its form. */
export function Select<Id extends string>({
  label,
  choices,
  help,
  name,
  value,
  onChange,
  placeholder,
  isLabelUnseen = false,
}: {
  readonly label: string;
  readonly choices: readonly Choice<Id>[];
  readonly help?: ReactNode;
  readonly name?: string;
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  readonly placeholder?: string;
  /** In rows, whose heads say what it is. */
  readonly isLabelUnseen?: boolean;
}) {
  const change = (key: Key | null) => {
    const chosen = choices.find(({ id }) => id === key);
    if (chosen !== undefined) onChange(chosen.id);
  };
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={change}
      {...(name === undefined ? {} : { name })}
      {...(placeholder === undefined ? {} : { placeholder })}
    >
      <FieldLabel label={label} isUnseen={isLabelUnseen} />
      <Button className="input select-button">
        <SelectValue className="select-value">
          {({ selectedText, defaultChildren }) => selectedText ?? defaultChildren}
        </SelectValue>
        <ChevronDown size={16} aria-hidden />
      </Button>
      <FieldNotes help={help} />
      <Popover className="popover">
        <ListBox className="list" items={choices}>
          {({ id, label: text, says }) => (
            <ListBoxItem id={id} textValue={text} className="list-item">
              <Check className="list-check" size={16} aria-hidden />
              <span className="list-words">
                <span>{text}</span>
                {says !== undefined && <span className="small muted">{says}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
