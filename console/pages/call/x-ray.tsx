import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Call } from '../../../contract/v3/call.ts';
import type { JournalEntry } from '../../../contract/v3/journal.ts';
import { layOut } from '../../../src/ladder/lay-out.ts';
import { rowsOf } from '../../../src/ladder/rows.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { Exchange } from './exchange.tsx';
import { Ladder } from './ladder.tsx';
import { tellingRow } from './telling-row.ts';

/** The ladder of a call, and beside it what was said at the row that is open. */
export function XRay({
  call,
  entries,
  nowMicros,
}: {
  readonly call: Call;
  readonly entries: readonly JournalEntry[];
  readonly nowMicros: number;
}) {
  const rows = useMemo(() => rowsOf(call, entries), [call, entries]);
  const laid = layOut(call, rows, nowMicros);
  const [picked, setPicked] = useState<number>();
  const chosen = Math.min(picked ?? tellingRow(call, rows), rows.length - 1);
  const row = laid.rows[chosen];
  return (
    <div className="x-ray">
      <Panel title="X-ray" acts={<Key />}>
        <Ladder call={call} laid={laid} chosen={chosen} choose={setPicked} />
      </Panel>
      {row !== undefined && (
        <div className={picked === undefined ? 'x-ray-side' : 'x-ray-side x-ray-picked'}>
          {picked !== undefined && <PutAway putAway={() => setPicked(undefined)} />}
          <Exchange call={call} row={row} before={laid.rows[chosen - 1]} entries={entries} />
        </div>
      )}
    </div>
  );
}

/** Where the picture and what was said do not stand side by side, the latter lies over the former. */
function PutAway({ putAway }: { readonly putAway: () => void }) {
  return (
    <div className="x-ray-away">
      <Button look="quiet" size="small" aria-label="Put away" onPress={putAway}>
        <X size={16} aria-hidden />
      </Button>
    </div>
  );
}

/** What the bars along the lanes of the phones mean. */
function Key() {
  return (
    <ul className="x-ray-key" aria-hidden>
      {(['ringing', 'answered', 'talking'] as const).map((doing) => (
        <li key={doing}>
          <svg width={8} height={14}>
            <rect className={`ladder-bar-${doing}`} x={0.5} y={0.5} width={7} height={13} rx={2} />
          </svg>
          {doing === 'answered' ? 'picked up' : doing}
        </li>
      ))}
    </ul>
  );
}
