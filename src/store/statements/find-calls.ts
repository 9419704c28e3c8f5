import type { Kysely } from 'kysely';
import type { CallState, Disposition } from '../../../contract/call-words.ts';
import type { CallRow, Database } from '../schema.ts';
import { prepared, type Fill, type Columns } from '../statement.ts';

/** What calls are looked for by, beside their account. */
interface FindBy {
  /** Calls have a disposition exactly when they are over: it lets the engines use an index that holds no others. */
  readonly liveState: CallState;
  readonly finalState: CallState;
  readonly disposition: Disposition;
  readonly pbxName: string;
  readonly reference: string;
  readonly first: string;
  readonly second: string;
  readonly before: string;
  /** Bounds of the ids, whose order is that of time. */
  readonly after: string;
  readonly until: string;
  readonly askedFrom: number;
  readonly askedTo: number;
}
export type FindName = keyof FindBy;
/** A value that is not asked for is not looked at. */
export type FindValues = Columns<FindBy> & { readonly tenantId: string; readonly limit: number };

/** Makes the query for each set of names that is asked for, once. It gives calls newest first. */
export function findCallsStatements(db: Kysely<Database>) {
  const made = new Map<string, Fill<FindValues, CallRow>>();
  return (names: readonly FindName[]): Fill<FindValues, CallRow> => {
    const set = names.toSorted().join();
    const statement = made.get(set) ?? statementOf(db, new Set(names));
    made.set(set, statement);
    return statement;
  };
}

function statementOf(db: Kysely<Database>, asked: ReadonlySet<FindName>): Fill<FindValues, CallRow> {
  return prepared((values: FindValues) => {
    let query = db.selectFrom('call').selectAll().where('tenant_id', '=', values.tenantId);
    if (asked.has('liveState'))
      query = query.where('disposition', 'is', null).where('state', '=', values.liveState);
    if (asked.has('finalState'))
      query = query.where('disposition', 'is not', null).where('state', '=', values.finalState);
    if (asked.has('disposition')) query = query.where('disposition', '=', values.disposition);
    if (asked.has('pbxName')) query = query.where('pbx_name', '=', values.pbxName);
    if (asked.has('reference')) query = query.where('reference', '=', values.reference);
    if (asked.has('first')) query = query.where('first', '=', values.first);
    if (asked.has('second')) query = query.where('second', '=', values.second);
    if (asked.has('before')) query = query.where('id', '<', values.before);
    if (asked.has('after')) query = query.where('id', '>=', values.after);
    if (asked.has('until')) query = query.where('id', '<', values.until);
    if (asked.has('askedFrom')) query = query.where('asked_at', '>=', values.askedFrom);
    if (asked.has('askedTo')) query = query.where('asked_at', '<', values.askedTo);
    return query.orderBy('id', 'desc').limit(values.limit);
  });
}
