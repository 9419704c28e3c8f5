import type { ReactNode } from 'react';
import './page.css';

/** What every page begins with: its name, and on the right what can be done on it. The name is the window's title too. */
export function Page({
  title,
  says,
  acts,
  narrow = false,
  children,
}: {
  readonly title: string;
  readonly says?: ReactNode;
  readonly acts?: ReactNode;
  /** For forms and prose, which are read in lines. */
  readonly narrow?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <title>{`${title} · Click-2-Call`}</title>
      <header className="page-head">
        <div className="page-name">
          <h1>{title}</h1>
          {says !== undefined && <p className="muted">{says}</p>}
        </div>
        {acts !== undefined && <div className="page-acts">{acts}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page that stands by itself. */
export function Panel({
  title,
  acts,
  children,
}: {
  readonly title?: string;
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="panel">
      {(title !== undefined || acts !== undefined) && (
        <header className="panel-head">
          {title !== undefined && <h2>{title}</h2>}
          {acts !== undefined && <div className="page-acts">{acts}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
