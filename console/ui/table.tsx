import type { ReactNode } from 'react';
import './table.css';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand right. */
  readonly align?: 'right';
  /** On a phone: `title` is the first line of its card, `aside` stands beside it, `drop` is left out. */
  readonly small?: 'title' | 'aside' | 'drop';
  /** It is as wide as the others leave room for, and cuts its lines off there; on a phone it needs no head. */
  readonly takesRest?: boolean;
  /** Its head is for screen readers: its cells hold buttons. */
  readonly headless?: boolean;
}

/** Rows that are read, dense; at the width of a phone each is a card. */
export function Table<Row>({
  label,
  columns,
  rows,
  keyOf,
}: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}) {
  const classOf = ({ align, small, headless, takesRest }: Column<Row>) =>
    [align && `cell-${align}`, small && `cell-${small}`, headless && 'cell-acts', takesRest && 'cell-rest']
      .filter(Boolean)
      .join(' ') || undefined;
  return (
    <div className="table-frame">
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.head} scope="col" className={classOf(column)}>
                {column.headless === true ? <span className="unseen">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.head} data-head={column.head} className={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
