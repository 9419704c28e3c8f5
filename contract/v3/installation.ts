import { Type, type Static } from 'typebox';
import { word } from './common.ts';
import type { Operation } from './operation.ts';

export const Installation = Type.Object({
  version: Type.String(),
  signup: word(['open', 'invitation', 'closed'], 'Who may sign up.'),
  email: Type.Boolean({
    description: 'Whether this installation sends e-mail: confirmations, invitations, resets.',
  }),
  sandbox: Type.Boolean({ description: 'Whether new accounts get a PBX in the box.' }),
});
export type Installation = Static<typeof Installation>;

export const READ_INSTALLATION = {
  id: 'readInstallation',
  summary: 'What everybody may know of this installation',
  answers: { 200: { says: 'What it is and what it allows.', body: Installation } },
} as const satisfies Operation;
