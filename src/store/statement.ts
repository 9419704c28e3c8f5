import type { Compilable } from 'kysely';

export type SqlValue = string | number | null;

/** One SQL text, compiled once. Engines keep what they prepare from it by its identity. */
export interface Statement {
  /** Unique in this process: the name of the prepared statement on PostgreSQL. */
  readonly name: string;
  readonly sql: string;
}

/** A statement with its values, ready to run. `row` is never set: it carries the type of the rows. */
export interface Step<Row> {
  readonly statement: Statement;
  readonly values: readonly SqlValue[];
  readonly row?: Row;
}

/** A row's columns as a type of its own: an interface is no `Record`. */
export type Columns<Row> = { readonly [Column in keyof Row]: Row[Column] };

/** Stands in a query where a value will come. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A compiled query as plain data: it may cross to a thread that has no Kysely. */
export interface Plan {
  readonly statement: Statement;
  /** For each parameter the name of its value, or undefined where it is a constant of the query. */
  readonly slots: readonly (string | undefined)[];
  readonly constants: readonly SqlValue[];
}

/** Fills a compiled query's values in. */
export interface Fill<Values, Row> {
  (values: Values): Step<Row>;
  readonly plan: Plan;
}

let statements = 0;

function constantOf(parameter: unknown): SqlValue {
  return typeof parameter === 'string' || typeof parameter === 'number' ? parameter : null;
}

/**
 * Compiles a Kysely query once, and gives a function that only fills in its values:
 *
 *     const keyByHash = prepared(({ hash }: { hash: string }) =>
 *       db.selectFrom('api_key').selectAll().where('hash', '=', hash));
 *     const rows = await read(keyByHash({ hash }));
 *
 * The query is type-checked as if `hash` were a string; while it is built, a placeholder stands there. So it may hand
 * the value on, but not look at it.
 */
export function prepared<Values extends Readonly<Record<string, SqlValue>>, Row>(
  build: (values: Values) => Compilable<Row>,
): Fill<Values, Row> {
  const placeholders = new Proxy({}, { get: (_target, name) => new Placeholder(String(name)) });
  // The one cast of the trick: what stands in for the values has their type and not their shape.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { sql, parameters } = build(placeholders as Values).compile();
  statements += 1;
  return fillOf({
    statement: { name: `c2c_${statements}`, sql },
    slots: parameters.map((parameter) => (parameter instanceof Placeholder ? parameter.name : undefined)),
    constants: parameters.map(constantOf),
  });
}

/** The function of a plan. Its types are those of the query that it was compiled from. */
export function fillOf<Values extends Readonly<Record<string, SqlValue>>, Row>(
  plan: Plan,
): Fill<Values, Row> {
  const { statement, slots, constants } = plan;
  const fill = (values: Values): Step<Row> => ({
    statement,
    values: slots.map((slot, index) => (slot === undefined ? constants[index] : values[slot]) ?? null),
  });
  return Object.assign(fill, { plan });
}
