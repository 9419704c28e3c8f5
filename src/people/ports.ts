import type { Role } from '../../contract/v3/people.ts';
import type { Act } from '../audit/act.ts';
import type { Tenant } from '../directory/ports.ts';

/** Somebody who may log in. */
export interface UserRecord {
  readonly id: string;
  /** As `readEmail` has it; unique. */
  readonly email: string;
  readonly name: string;
  /** What `passwords.ts` made of it; undefined: none is set, and only a link logs them in. */
  readonly password: string | undefined;
  /** Undefined: that the e-mail is theirs has not been shown. */
  readonly confirmedAtMicros: number | undefined;
  readonly createdAtMicros: number;
}

/** Somebody's place in an account. */
export interface MemberRecord {
  readonly tenantId: string;
  readonly userId: string;
  readonly role: Role;
  readonly createdAtMicros: number;
}

/** A browser in which somebody is logged in to an account: what the API calls a session. */
export interface LoginRecord {
  readonly id: string;
  readonly userId: string;
  readonly tenantId: string;
  /** SHA-256 of the cookie, lower-case hex. */
  readonly hash: string;
  readonly createdAtMicros: number;
  readonly seenAtMicros: number;
  readonly expiresAtMicros: number;
  readonly agent: string;
  readonly address: string;
}

/** Who comes with a cookie, as they are now. */
export interface Visit {
  readonly login: LoginRecord;
  readonly user: UserRecord;
  readonly role: Role;
}

export type TicketPurpose = 'invitation' | 'reset' | 'confirmation' | 'entry';

/** A link that is good once. */
export interface TicketRecord {
  readonly id: string;
  readonly purpose: TicketPurpose;
  /** SHA-256 of what stands in the link, lower-case hex. */
  readonly hash: string;
  readonly email: string;
  /** Whose it is; undefined for an invitation. */
  readonly userId: string | undefined;
  /** The account that it leads to; undefined where it is about the person alone. */
  readonly tenantId: string | undefined;
  /** Of an invitation. */
  readonly role: Role | undefined;
  readonly createdAtMicros: number;
  readonly expiresAtMicros: number;
}

export interface ShownMember extends MemberRecord {
  readonly user: UserRecord;
  /** Of all their logins to this account that are left. */
  readonly seenAtMicros: number | undefined;
}

/** One of the accounts that somebody is a member of. */
export interface Membership {
  readonly account: Tenant;
  readonly role: Role;
}

/** What comes into being together, or not at all. */
export interface NewPerson {
  /** Undefined: a person who exists joins an account. */
  readonly user?: UserRecord;
  readonly member: MemberRecord;
  readonly account?: Tenant;
  /** The hash of the invitation that is used up by it. */
  readonly invitation?: string;
}

export type Added = 'added' | 'account taken' | 'email taken' | 'invitation used';

export interface UserChange {
  readonly atMicros: number;
  readonly name?: string;
  readonly password?: string;
  readonly confirmedAtMicros?: number;
  /** The hash of the ticket that is used up by it. */
  readonly ticket?: string;
  /** The id of the login that stays while all others end; `none`: all of them do. Undefined: none does. */
  readonly keepLogin?: string;
}

/**
 * What people need of a store. An act is written into the audit with the change that it tells of, if there was one. What has
 * expired may be deleted at any time.
 */
export interface PeopleStore {
  add(person: NewPerson, acts: readonly Act[]): Promise<Added>;
  userByEmail(email: string): Promise<UserRecord | undefined>;
  userById(id: string): Promise<UserRecord | undefined>;
  /** Those who joined first first. */
  membersOf(tenantId: string): Promise<ShownMember[]>;
  /** Those joined first first. */
  membershipsOf(userId: string): Promise<Membership[]>;
  /** `last owner`: nothing was changed, for there would be none. False: no such member. */
  changeRole(tenantId: string, userId: string, role: Role, act: Act): Promise<boolean | 'last owner'>;
  /** With their logins to that account; a person without any account is gone as a whole. */
  removeMember(tenantId: string, userId: string, act: Act): Promise<boolean | 'last owner'>;
  /** False where there is no such user, or the ticket is used. */
  changeUser(userId: string, change: UserChange, acts: readonly Act[]): Promise<boolean>;
  /**
   * @param spent the hash of the ticket that is used up, and the login that ends by it, whosever it is
   * @returns false where the ticket is used, or the user is no member
   */
  addLogin(
    login: LoginRecord,
    spent: { readonly ticket?: string; readonly login?: Pick<LoginRecord, 'id' | 'userId'> },
    acts: readonly Act[],
  ): Promise<boolean>;
  /** By the hash of its cookie, at any age; undefined where it ended, or its user is no member any more. */
  visit(hash: string): Promise<Visit | undefined>;
  /** Newest first. */
  loginsOf(userId: string): Promise<LoginRecord[]>;
  endLogin(userId: string, id: string, acts: readonly Act[]): Promise<boolean>;
  /** Notes that a login is in use, at most once a minute. Never throws, and nobody waits for it. */
  loginUsed(id: string, atMicros: number): void;
  addTicket(ticket: TicketRecord, acts: readonly Act[]): Promise<void>;
  ticket(purpose: TicketPurpose, hash: string): Promise<TicketRecord | undefined>;
  /** Oldest first. */
  invitationsOf(tenantId: string): Promise<TicketRecord[]>;
  removeInvitation(tenantId: string, id: string, act: Act): Promise<boolean>;
  /** Writes down what changed nothing: a log-in that failed. */
  note(act: Act): Promise<void>;
}
