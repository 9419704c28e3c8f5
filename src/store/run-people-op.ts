import type { Added } from '../people/ports.ts';
import type { NewLogin, NewPersonValues, PeopleOp, PersonChange } from './people-op.ts';
import { anyRow, rowsOf, type OpRun, type PartRun } from './op-run.ts';
import type { ActValues } from './op.ts';
import type { WriteStatements } from './statements/writes.ts';

type WriteDown = (act: ActValues) => PartRun<void>;

const LAST_OWNER = 'last owner';

/** Starts an op about people. Its rows are looked at and changed by nobody else meanwhile: the directory is locked. */
export function* runPeopleOp(statements: WriteStatements, op: PeopleOp, writeDown: WriteDown): OpRun {
  if (op[0] === 'touchLogin')
    return yield* anyRow(statements.touchLogin({ id: op[1], at: op[2], before: op[3] }));
  yield statements.raiseGeneration({});
  const [done, acts] = yield* run(statements, op);
  if (done === true || done === 'added') for (const act of acts) yield* writeDown(act);
  return done;
}

type Done = readonly [done: boolean | Added | typeof LAST_OWNER, acts: readonly ActValues[]];

// oxlint-disable-next-line typescript/consistent-return -- these are all the cases, as tsc knows
function* run(
  statements: WriteStatements,
  op: Exclude<PeopleOp, readonly ['touchLogin', ...unknown[]]>,
): PartRun<Done> {
  switch (op[0]) {
    case 'addPerson':
      return [yield* addPerson(statements, op[1]), op[2]];
    case 'changeRole':
      return [yield* changeRole(statements, op[1], op[2], op[3]), [op[4]]];
    case 'removeMember':
      return [yield* removeMember(statements, op[1], op[2]), [op[3]]];
    case 'changePerson':
      return [yield* changePerson(statements, op[1]), op[2]];
    case 'addLogin':
      return [yield* addLogin(statements, op[1]), op[2]];
    case 'endLogin':
      return [yield* found(statements.deleteLogin({ person_id: op[1], id: op[2] })), op[3]];
    case 'addTicket':
      yield statements.deleteOldTickets({ now: op[1].created_at });
      yield statements.insertTicket(op[1]);
      return [true, op[2]];
    case 'removeTicket':
      return [yield* found(statements.deleteTicket({ tenant_id: op[1], id: op[2] })), [op[3]]];
    case 'note':
      return [true, [op[1]]];
  }
}

function* found(step: Parameters<typeof rowsOf>[0]): PartRun<boolean> {
  return (yield* rowsOf(step)).length > 0;
}

/** Everything is looked at before anything is written: what can not be leaves nothing behind. */
function* addPerson(
  statements: WriteStatements,
  { person, member, tenant, ticket }: NewPersonValues,
): PartRun<Added> {
  if (person !== null && (yield* found(statements.personOfEmail({ email: person.email }))))
    return 'email taken';
  const { tenant_id, person_id } = member;
  if (yield* found(statements.roleOf({ tenant_id, person_id }))) return 'email taken';
  if (tenant !== null && (yield* found(statements.tenantOfSlug({ slug: tenant.slug }))))
    return 'account taken';
  if (ticket !== null && !(yield* found(statements.takeTicket({ hash: ticket, now: member.created_at }))))
    return 'invitation used';
  if (tenant !== null) yield statements.insertTenant(tenant);
  if (person !== null) yield statements.insertPerson(person);
  yield statements.insertMember(member);
  return 'added';
}

function* changeRole(
  statements: WriteStatements,
  tenant_id: string,
  person_id: string,
  role: string,
): PartRun<boolean | typeof LAST_OWNER> {
  if (role !== 'owner' && (yield* isLastOwner(statements, tenant_id, person_id))) return LAST_OWNER;
  return yield* found(statements.setRole({ tenant_id, person_id, role }));
}

function* removeMember(
  statements: WriteStatements,
  tenant_id: string,
  person_id: string,
): PartRun<boolean | typeof LAST_OWNER> {
  if (yield* isLastOwner(statements, tenant_id, person_id)) return LAST_OWNER;
  if (!(yield* found(statements.deleteMember({ tenant_id, person_id })))) return false;
  yield statements.deleteLoginsTo({ tenant_id, person_id });
  if (yield* found(statements.accountsOf({ person_id }))) return true;
  yield statements.deleteTicketsOf({ person_id });
  yield statements.deletePerson({ id: person_id });
  return true;
}

function* isLastOwner(statements: WriteStatements, tenant_id: string, person_id: string): PartRun<boolean> {
  const owners = yield* rowsOf(statements.ownersOf({ tenant_id }));
  return owners.length === 1 && owners[0]?.person_id === person_id;
}

function* changePerson(
  statements: WriteStatements,
  { at, id, name, password, confirmed_at, ticket, keepLogin }: PersonChange,
): PartRun<boolean> {
  if (ticket !== null && !(yield* found(statements.takeTicket({ hash: ticket, now: at })))) return false;
  if (!(yield* found(statements.changePerson({ id, name, password, confirmed_at })))) return false;
  if (keepLogin !== null) yield statements.deleteLoginsBut({ person_id: id, keep: keepLogin });
  // A link that was sent before, and read by somebody else, is not to undo it.
  if (password !== null) yield statements.deleteEntriesOf({ person_id: id });
  return true;
}

function* addLogin(statements: WriteStatements, { row, ticket, replaces }: NewLogin): PartRun<boolean> {
  const { person_id, tenant_id, created_at: now } = row;
  if (!(yield* found(statements.roleOf({ tenant_id, person_id })))) return false;
  if (ticket !== null && !(yield* found(statements.takeTicket({ hash: ticket, now })))) return false;
  if (replaces !== null) yield statements.deleteLogin({ ...replaces });
  yield statements.deleteOldLogins({ person_id, now });
  yield statements.insertLogin(row);
  return true;
}
