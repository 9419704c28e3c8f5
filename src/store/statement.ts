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
): (values: Values) => Step<Row> {
  const placeholders = new Proxy({}, { get: (_target, name) => new Placeholder(String(name)) });
  // The one cast of the trick: what stands in for the values has their type and not their shape.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { sql, parameters } = build(placeholders as Values).compile();
  statements += 1;
  const statement: Statement = Object.freeze({ name: `c2c_${statements}`, sql });
  const slots = parameters.map((parameter) =>
    parameter instanceof Placeholder ? parameter.name : undefined,
  );
  const constants = parameters.map(constantOf);
  return (values) => ({
    statement,
    values: slots.map((slot, index) => (slot === undefined ? constants[index] : values[slot]) ?? null),
  });
}
