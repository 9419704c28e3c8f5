import { useState, type FormEvent, type ReactNode } from 'react';
import { Form as AriaForm } from 'react-aria-components';
import { ApiProblem, wordsOf } from '../api/problem.ts';
import { Notice } from './notice.tsx';

const NO_FIELDS = {};

/**
 * A form that asks `/v3`. What the answer says of a field stands at the field of that name; the rest stands on top, also what it says of
 * something that the form has no field for.
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
  const fields = fault instanceof ApiProblem ? fault.fields : NO_FIELDS;
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  const faulty = Object.keys(fields);
  const isSaidAtFields = faulty.length > 0 && faulty.every((name) => names.has(name));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setNames(new Set([...event.currentTarget.elements].map((each) => each.getAttribute('name') ?? '')));
    const entries = [...new FormData(event.currentTarget)];
    onSubmit(
      Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'string' ? value : ''])),
    );
  };
  return (
    <AriaForm className="form" validationErrors={fields} onSubmit={submit}>
      {fault !== null && fault !== undefined && !isSaidAtFields && <Notice tone="bad" {...wordsOf(fault)} />}
      {children}
    </AriaForm>
  );
}
