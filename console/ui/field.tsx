import type { ReactNode } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { useKeptHeight } from './use-kept-height.ts';
import './field.css';

type FieldProps = Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> & {
  readonly label: string;
  /** What to put in, under the field. */
  readonly help?: ReactNode;
  readonly placeholder?: string;
  /** Ids, addresses and numbers are read letter by letter. */
  readonly mono?: boolean;
};

/** One line of text. What is wrong with it stands under it, and is read out with it. */
export function TextField({ label, help, placeholder, mono = false, ...props }: FieldProps) {
  return (
    <AriaTextField {...props} className="field">
      <FieldLabel label={label} optional={props.isRequired === false} />
      <Input
        className={mono ? 'input mono' : 'input'}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      <FieldNotes help={help} />
    </AriaTextField>
  );
}

export function FieldLabel({
  label,
  optional = false,
  isUnseen = false,
}: {
  readonly label: string;
  readonly optional?: boolean;
  readonly isUnseen?: boolean;
}) {
  return (
    <Label className={isUnseen ? 'unseen' : 'field-label'}>
      {label}
      {optional && <span className="muted"> (optional)</span>}
    </Label>
  );
}

/**
 * What to put in, and what was wrong with it. That goes when the field is left; its room stays, so that the button which
 * somebody is about to press does not move away under the finger.
 */
export function FieldNotes({ help }: { readonly help?: ReactNode }) {
  const notes = useKeptHeight<HTMLDivElement>();
  return (
    <div ref={notes} className="field-notes">
      {help !== undefined && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <FieldError className="field-error" />
    </div>
  );
}
