import { Client as Database } from 'pg';
import type { QueryResultRow } from 'pg';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess, type GatewayProcess } from '../journeys/gateway.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';

/** The service in a process of its own on a PostgreSQL of its own, before a PBX in the box that bears much. */
export interface OnPostgres extends AsyncDisposable {
  readonly pbx: AmiSandbox;
  readonly postgres: TestPostgres;
  readonly gateway: GatewayProcess;
  /** What stands in the database, read beside the service. */
  rows<Row extends QueryResultRow>(sql: string): Promise<Row[]>;
}

const LOGIN = { username: 'c2c', secret: 'canary' };

export async function startOnPostgres(): Promise<OnPostgres> {
  const pbx = await startAmiSandbox({ ...LOGIN, pace: 0.05 });
  const postgres = await startPostgres();
  const url = await postgres.createDatabase();
  const settings = { originates_per_second: 1000, calls_in_progress: 1000 };
  const door = { amiPort: pbx.port, amiUsers: { c2c: LOGIN } };
  const gateway = await startGatewayProcess(door, { settings, environment: { C2C_DATABASE_URL: url } });
  return {
    pbx,
    postgres,
    gateway,
    async rows<Row extends QueryResultRow>(sql: string) {
      const database = new Database({ connectionString: url });
      await database.connect();
      const { rows } = await database.query<Row>(sql);
      await database.end();
      return rows;
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await postgres.stop();
      await pbx.close();
    },
  };
}
