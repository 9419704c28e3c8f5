import type { ReactNode } from 'react';
import { TextArea as AriaTextArea, TextField, type TextFieldProps } from 'react-aria-components';
import { FieldLabel, FieldNotes } from './field.tsx';

type AreaProps = Omit<TextFieldProps, 'className' | 'style' | 'children'> & {
  readonly label: string;
  readonly help?: ReactNode;
  readonly placeholder?: string;
  readonly mono?: boolean;
};

/** Several lines of text. */
export function TextArea({ label, help, placeholder, mono = false, ...props }: AreaProps) {
  return (
    <TextField {...props} className="field">
      <FieldLabel label={label} />
      <AriaTextArea
        className={mono ? 'input mono' : 'input'}
        rows={3}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      <FieldNotes help={help} />
    </TextField>
  );
}
