import { fillOf, type Plan } from '../statement.ts';
import type { WriteStatements } from '../statements/writes.ts';

/** The writes, compiled, as plain data: so the writer's thread needs no Kysely, which is 20 MB and a third of its start. */
export type WritePlans = Readonly<Record<string, Plan>>;

export function plansOf(statements: WriteStatements): WritePlans {
  return Object.fromEntries(Object.entries(statements).map(([name, { plan }]) => [name, plan]));
}

export function statementsOf(plans: WritePlans): WriteStatements {
  const statements: unknown = Object.fromEntries(
    Object.entries(plans).map(([name, plan]) => [name, fillOf(plan)]),
  );
  // `plansOf` took them from an object of this very type.
  return statements as WriteStatements;
}
