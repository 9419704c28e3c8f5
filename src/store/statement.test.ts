import { describe, expect, it } from 'vitest';
import { postgresCompiler } from './postgres/compiler.ts';
import { sqliteCompiler } from './sqlite/compiler.ts';
import { prepared } from './statement.ts';

describe.each([
  ['SQLite', sqliteCompiler(), '?', '?'],
  ['PostgreSQL', postgresCompiler(), '$1', '$3'],
] as const)('prepared, on %s', (_engine, db, firstMark, thirdMark) => {
  const recent = prepared(({ tenant, limit }: { tenant: string; limit: number }) =>
    db
      .selectFrom('call')
      .select('id')
      .where('tenant_id', '=', tenant)
      .where('outcome', '=', 'accepted')
      .limit(limit),
  );

  it('puts values where their placeholders stood, and keeps constants', () => {
    const step = recent({ tenant: 't', limit: 5 });
    expect(step.values).toEqual(['t', 'accepted', 5]);
    expect(step.statement.sql).toContain(`"tenant_id" = ${firstMark} and`);
    expect(step.statement.sql).toContain(`limit ${thirdMark}`);
  });

  it('compiles once: every step has the same statement', () => {
    expect(recent({ tenant: 'a', limit: 1 }).statement).toBe(recent({ tenant: 'b', limit: 2 }).statement);
  });

  it('uses a value in every place that named it', () => {
    const either = prepared(({ name }: { name: string }) =>
      db
        .selectFrom('tenant')
        .select('id')
        .where((eb) => eb.or([eb('slug', '=', name), eb('name', '=', name)])),
    );
    expect(either({ name: 'x' }).values).toEqual(['x', 'x']);
  });
});
