import type { ExpressionBuilder, Kysely } from 'kysely';
import type { CallState, Disposition } from '../../../contract/call-words.ts';
import type { CallRow, Database } from '../schema.ts';
import { prepared, type Fill, type Columns } from '../statement.ts';

/** What calls are looked for by, beside their account. */
interface FindBy {
  readonly reference: string;
  readonly keyId: string;
  readonly second: string;
  readonly first: string;
  /** Calls have a disposition exactly when they are over: it lets the engines use an index that holds no others. */
  readonly liveState: CallState;
  readonly disposition: Disposition;
  readonly pbxName: string;
  readonly finalState: CallState;
  readonly askedFrom: number;
  readonly askedTo: number;
  /** Bounds of the ids, whose order is that of time. */
  readonly before: string;
  readonly after: string;
  readonly until: string;
}
export type FindName = keyof FindBy;
/** A value that is not asked for is not looked at. */
export type FindValues = Columns<FindBy> & { readonly tenantId: string; readonly limit: number };

/** What has an index of its own, what finds least first: the first that is asked for leads. */
const LEADS = [
  'reference',
  'second',
  'first',
  'liveState',
  'disposition',
  'keyId',
  'pbxName',
  'finalState',
] as const satisfies readonly FindName[];
const BOUNDS = ['before', 'after', 'until'] as const satisfies readonly FindName[];

/** So many calls are looked at for a page, and no more: what is asked together may be rare where each alone is not. */
export const LOOKED_AT_MAX = 2_000;

/** How calls are found that all of some names say. */
export interface FindStatements {
  readonly find: Fill<FindValues, CallRow>;
  /** The last of as many as are looked at; no row: there are not so many. Absent: what leads is all that is asked for. */
  readonly lastLookedAt: Fill<FindValues, Pick<CallRow, 'id'>> | undefined;
}

/** Makes the queries for each set of names that is asked for, once. They give calls newest first. */
export function findCallsStatements(db: Kysely<Database>) {
  const made = new Map<string, FindStatements>();
  return (names: readonly FindName[]): FindStatements => {
    const set = names.toSorted().join();
    const statements = made.get(set) ?? statementsOf(db, names);
    made.set(set, statements);
    return statements;
  };
}

function statementsOf(db: Kysely<Database>, names: readonly FindName[]): FindStatements {
  const lead = LEADS.find((name) => names.includes(name));
  const inner = new Set<FindName>(
    [...(lead === undefined ? [] : [lead]), ...BOUNDS].filter((name) => names.includes(name)),
  );
  const outer = new Set(names.filter((name) => !inner.has(name)));
  const looked = (values: FindValues) =>
    db
      .selectFrom('call')
      .where('tenant_id', '=', values.tenantId)
      .where(holds(inner, values))
      .orderBy('id', 'desc');
  if (outer.size === 0) {
    const find = prepared((values: FindValues) => looked(values).selectAll().limit(values.limit));
    return { find, lastLookedAt: undefined };
  }
  return {
    find: prepared((values: FindValues) => {
      const within = looked(values).selectAll().limit(LOOKED_AT_MAX).as('call');
      return db
        .selectFrom(within)
        .selectAll()
        .where(holds(outer, values))
        .orderBy('id', 'desc')
        .limit(values.limit);
    }),
    lastLookedAt: prepared((values: FindValues) =>
      looked(values)
        .select('id')
        .limit(1)
        .offset(LOOKED_AT_MAX - 1),
    ),
  };
}

/** That all of some names hold. */
function holds(names: ReadonlySet<FindName>, values: FindValues) {
  return (eb: ExpressionBuilder<Pick<Database, 'call'>, 'call'>) => {
    const conditions = {
      reference: () => eb('reference', '=', values.reference),
      second: () => eb('second', '=', values.second),
      first: () => eb('first', '=', values.first),
      liveState: () => eb.and([eb('disposition', 'is', null), eb('state', '=', values.liveState)]),
      disposition: () => eb('disposition', '=', values.disposition),
      keyId: () => eb('key_id', '=', values.keyId),
      pbxName: () => eb('pbx_name', '=', values.pbxName),
      finalState: () => eb.and([eb('disposition', 'is not', null), eb('state', '=', values.finalState)]),
      askedFrom: () => eb('asked_at', '>=', values.askedFrom),
      askedTo: () => eb('asked_at', '<', values.askedTo),
      before: () => eb('id', '<', values.before),
      after: () => eb('id', '>=', values.after),
      until: () => eb('id', '<', values.until),
    } as const satisfies Record<FindName, unknown>;
    return eb.and([...names].map((name) => conditions[name]()));
  };
}
