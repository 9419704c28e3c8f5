import { Type } from 'typebox';
import { BODY_ERRORS, type Operation } from './operation.ts';
import { EmailField, NewPassword, NOTHING_ELSE } from './people.ts';

export const ASK_FOR_RESET = {
  id: 'askForPasswordReset',
  summary: 'Ask for a link to set a new password',
  says: 'The answer is the same, after the same time, whether anybody has this e-mail or not. Where this installation sends no e-mail, the operator makes a link: `click2call user link`.',
  body: Type.Object({ email: EmailField }, NOTHING_ELSE),
  answers: { 202: { says: 'If somebody has this e-mail, the link is on its way.' } },
  errors: [...BODY_ERRORS, 'rate_limited'],
} as const satisfies Operation;

export const RESET_PASSWORD = {
  id: 'resetPassword',
  summary: 'Set a new password by a link',
  says: 'All sessions of that person are over then. The link is good once, for an hour.',
  body: Type.Object({ password: NewPassword }, NOTHING_ELSE),
  answers: { 204: { says: 'The password is set; log in with it.' } },
  errors: [...BODY_ERRORS, 'link_invalid', 'rate_limited'],
} as const satisfies Operation;

export const ASK_TO_CONFIRM = {
  id: 'askForEmailConfirmation',
  summary: 'Ask for another link to confirm one’s e-mail',
  says: 'For who is logged in. Links of before stay good.',
  answers: { 202: { says: 'It is on its way, where the e-mail is not confirmed and e-mail goes out.' } },
  errors: ['rate_limited'],
} as const satisfies Operation;

export const CONFIRM_EMAIL = {
  id: 'confirmEmail',
  summary: 'Confirm an e-mail by a link',
  answers: { 204: { says: 'It is confirmed.' } },
  errors: ['link_invalid', 'rate_limited'],
} as const satisfies Operation;
