import { sql } from 'kysely';
import type { CallState } from '../../calls/call.ts';

/** As a literal, not as a parameter: only so can the engines use the partial index on it. */
export const ORIGINATING = sql.lit<CallState>('originating');
