import type { TSchema } from 'typebox';
import { CallResponse, StatusResponse } from './c2c-v2.ts';
import { Call, Cause, Diagnosis, Leg, OrderProblem } from './v3/call.ts';
import { Driver, DriverWithGuide } from './v3/drivers.ts';
import { CallEvent } from './v3/event.ts';
import { Explanation } from './v3/explanation.ts';
import { JournalEntry } from './v3/journal.ts';
import { Key, MadeKey } from './v3/keys.ts';
import { AuditAct } from './v3/audit.ts';
import { Installation } from './v3/installation.ts';
import { Me } from './v3/me.ts';
import { NewInvitation } from './v3/members.ts';
import { AccountName, Invitation, Member, Session, User } from './v3/people.ts';
import { LoggedIn } from './v3/sessions.ts';
import { SignedUp } from './v3/sign-up.ts';
import { AddedPbx, Capabilities, Examination, Finding, Pbx } from './v3/pbxs.ts';
import { Policy } from './v3/policy.ts';
import { FieldError, Problem } from './v3/problem.ts';
import { Delivery, NewWebhook, RotatedWebhook, Webhook } from './v3/webhook.ts';

/** The schemas that the API's description calls by a name. A new one is a line here; others stand where they are used. */
export const SCHEMAS: Readonly<Record<string, TSchema>> = {
  Call,
  Leg,
  Cause,
  Diagnosis,
  OrderProblem,
  JournalEntry,
  Explanation,
  CallEvent,
  Webhook,
  NewWebhook,
  RotatedWebhook,
  Delivery,
  Pbx,
  AddedPbx,
  Examination,
  Finding,
  Capabilities,
  Driver,
  DriverWithGuide,
  Key,
  MadeKey,
  Me,
  Policy,
  User,
  AccountName,
  Member,
  Session,
  LoggedIn,
  SignedUp,
  Invitation,
  NewInvitation,
  AuditAct,
  Installation,
  Problem,
  FieldError,
  CallResponse,
  StatusResponse,
};
