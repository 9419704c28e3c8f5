import { sql } from 'kysely';
import type { CreateTableBuilder, RawBuilder } from 'kysely';
import type { Engine } from '../schema.ts';

/** Ids compare byte by byte: on PostgreSQL a database's own collation would make every look-up dearer. */
export function idType(engine: Engine): RawBuilder<unknown> {
  return engine === 'postgres' ? sql`text collate "C"` : sql`text`;
}

/** On SQLite the rows live in the primary key's own tree: one tree to write instead of two. */
export function clustered<Table extends string, Columns extends string>(
  table: CreateTableBuilder<Table, Columns>,
  engine: Engine,
): CreateTableBuilder<Table, Columns> {
  return engine === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table;
}
