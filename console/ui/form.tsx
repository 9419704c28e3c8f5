import { useLayoutEffect, useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react';
import { Form as AriaForm } from 'react-aria-components';
import { ApiProblem, wordsOf } from '../api/problem.ts';
import { Notice } from './notice.tsx';

type Fields = ApiProblem['fields'];

/** One for good: a form takes another one for another answer. */
const NO_FIELDS: Fields = {};
const NOTHING: readonly string[] = [];

/**
 * A form that asks `/v3`. What the answer says of a field stands at the field of that name, which is opened where it is folded
 * away; the rest stands on top.
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
  const [form, elsewhere] = useWrongFields(fields);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)];
    onSubmit(
      Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'string' ? value : ''])),
    );
  };
  return (
    <AriaForm ref={form} className="form" validationErrors={fields} onSubmit={submit}>
      {fault !== null && fault !== undefined && Object.keys(fields).length === 0 && (
        <Notice tone="bad" {...wordsOf(fault)} />
      )}
      {elsewhere.length > 0 && <Notice tone="bad" says={elsewhere.join(' ')} />}
      {children}
    </AriaForm>
  );
}

/**
 * Goes to the first field that is wrong, which is read out with what is wrong, and opens what such fields are folded away in.
 * @returns the form's, and what is wrong with fields that it does not have
 */
function useWrongFields(fields: Fields): readonly [RefObject<HTMLFormElement | null>, readonly string[]] {
  const form = useRef<HTMLFormElement>(null);
  const [elsewhere, setElsewhere] = useState(NOTHING);
  useLayoutEffect(() => {
    const shown = [...(form.current?.querySelectorAll<HTMLElement>('[name]') ?? [])];
    const nameOf = (field: HTMLElement) => field.getAttribute('name') ?? '';
    const wrong = shown.filter((field) => Object.hasOwn(fields, nameOf(field)));
    for (const fold of wrong.flatMap((field) => field.closest('details') ?? [])) fold.open = true;
    wrong[0]?.focus();
    const names = new Set(wrong.map(nameOf));
    const missing = Object.entries(fields).filter(([name]) => !names.has(name));
    setElsewhere(missing.length === 0 ? NOTHING : missing.map(([, says]) => says));
  }, [fields]);
  return [form, elsewhere];
}
