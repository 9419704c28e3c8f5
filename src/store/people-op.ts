import type { ActValues } from './op.ts';
import type { LoginRow, MemberRow, PersonRow, TenantRow, TicketRow } from './schema.ts';
import type { Columns } from './statement.ts';

export interface NewPersonValues {
  readonly person: PersonRow | null;
  readonly member: Columns<MemberRow>;
  readonly tenant: TenantRow | null;
  readonly ticket: string | null;
}

export interface PersonChange {
  readonly at: number;
  readonly id: string;
  readonly name: string | null;
  readonly password: string | null;
  readonly confirmed_at: number | null;
  readonly ticket: string | null;
  /** Null: no login ends. */
  readonly keepLogin: string | null;
}

export interface NewLogin {
  readonly row: Columns<LoginRow>;
  readonly ticket: string | null;
  readonly replaces: Pick<LoginRow, 'id' | 'person_id'> | null;
}

/** A write about people. All but `touchLogin` come one after another, as all that changes the directory does. */
export type PeopleOp =
  | readonly ['addPerson', values: NewPersonValues, acts: readonly ActValues[]]
  | readonly ['changeRole', tenantId: string, personId: string, role: MemberRow['role'], act: ActValues]
  | readonly ['removeMember', tenantId: string, personId: string, act: ActValues]
  | readonly ['changePerson', change: PersonChange, acts: readonly ActValues[]]
  | readonly ['addLogin', login: NewLogin, acts: readonly ActValues[]]
  | readonly ['endLogin', personId: string, id: string, acts: readonly ActValues[]]
  | readonly ['touchLogin', id: string, at: number, before: number]
  | readonly ['addTicket', row: Columns<TicketRow>, acts: readonly ActValues[]]
  | readonly ['removeTicket', tenantId: string, id: string, act: ActValues]
  | readonly ['note', act: ActValues];
