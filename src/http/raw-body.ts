/** A body as the server hands it over: its text, and what the request says that it is. */
export interface RawBody {
  readonly text: string;
  readonly type: 'json' | 'form' | 'unknown' | 'too_large';
}
