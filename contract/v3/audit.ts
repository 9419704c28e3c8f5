import { Type, type Static } from 'typebox';
import { orNull, Time } from './common.ts';
import type { Operation } from './operation.ts';
import { page, pageQuery } from './pages.ts';

/** One act in the account's log. */
export const AuditAct = Type.Object({
  position: Type.Integer({ description: 'In the log: 1, 2, 3 …' }),
  at: Time,
  action: Type.String({ description: 'What was done: `key.create` for one.' }),
  by: Type.Object({
    kind: Type.String({ description: '`user`, `key`, `command_line` or `system`; new ones may come.' }),
    name: Type.String({ description: "A user's or a key's id, or the name of the machine's user." }),
    label: orNull(Type.String({ description: 'What people know them by, where they are still there.' })),
  }),
  subject: Type.String({ description: 'The id of what it was done to.' }),
  detail: Type.Record(Type.String(), Type.Unknown(), { description: 'What is worth knowing of it.' }),
  hash: Type.String({ description: 'Over this act and the one before it: see `click2call audit verify`.' }),
});
export type AuditAct = Static<typeof AuditAct>;

export const LIST_AUDIT = {
  id: 'listAudit',
  summary: 'List what was done in the account, newest first',
  query: Type.Object(pageQuery({ limit: 50, limitMax: 200 }), { additionalProperties: false }),
  answers: { 200: { says: 'A page of acts.', body: page(AuditAct, 'Newest first.') } },
  errors: ['parameter_invalid'],
} as const satisfies Operation;
