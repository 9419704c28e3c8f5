import { Pool, types } from 'pg';
import type { PoolClient, PoolConfig, QueryResultRow } from 'pg';
import type { Step } from '../statement.ts';

/** The type of `bigint` columns in PostgreSQL's protocol. */
const INT8 = 20;

const CONNECT_TIMEOUT_MS = 5000;

export interface PoolOptions {
  readonly url: string;
  readonly connections: number;
  /** Queries are sent without waiting for the answers before them. */
  readonly pipeline: boolean;
  /** A database that takes longer for a statement is taken for unreachable; 0: it may take for ever. */
  readonly answerTimeoutMs: number;
}

function parserOf(type: number, format?: 'text' | 'binary'): unknown {
  return type === INT8 ? Number : types.getTypeParser(type, format);
}

/** A pool whose `bigint`s are numbers; it outlives the loss of its connections. */
export function openPool({ url, connections, pipeline, answerTimeoutMs }: PoolOptions): Pool {
  const config: PoolConfig & { readonly pipeline: boolean } = {
    connectionString: url,
    application_name: 'click2call',
    max: connections,
    pipeline,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: answerTimeoutMs,
    statement_timeout: answerTimeoutMs,
    keepAlive: true,
    types: { getTypeParser: parserOf },
  };
  const pool = new Pool(config);
  // An idle connection was lost. The pool drops it, and whoever needs the next one learns how things stand.
  pool.on('error', () => {});
  return pool;
}

/** Runs a step; each connection prepares its statement at first use. */
export async function runStep(queryable: Pool | PoolClient, step: Step<unknown>): Promise<QueryResultRow[]> {
  const { name, sql } = step.statement;
  const { rows } = await queryable.query<QueryResultRow>({ name, text: sql, values: [...step.values] });
  return rows;
}
