import type { FormEvent, ReactNode } from 'react';
import { Form as AriaForm } from 'react-aria-components';
import { ApiProblem, wordsOf } from '../api/problem.ts';
import { Notice } from './notice.tsx';

/**
 * A form that asks `/v3`. What the answer says of a field stands at the field of that name; the rest stands on top.
 * @param fault what the last try threw
 */
export function Form({
  fault,
  onSubmit,
  children,
}: {
  readonly fault: unknown;
  readonly onSubmit: (values: Readonly<Record<string, string>>) => void;
  readonly children: ReactNode;
}) {
  const fields = fault instanceof ApiProblem ? fault.fields : {};
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)];
    onSubmit(
      Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'string' ? value : ''])),
    );
  };
  return (
    <AriaForm className="form" validationErrors={fields} onSubmit={submit}>
      {fault !== null && fault !== undefined && Object.keys(fields).length === 0 && (
        <Notice tone="bad" {...wordsOf(fault)} />
      )}
      {children}
    </AriaForm>
  );
}
