import type { ReactNode } from 'react';
import './empty.css';

/** Where there is nothing yet: what would be here, and what to do about it. */
export function Empty({
  title,
  says,
  children,
}: {
  readonly title: string;
  readonly says?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <section className="empty">
      <h2>{title}</h2>
      {says !== undefined && <p className="muted">{says}</p>}
      {children !== undefined && <div className="empty-acts">{children}</div>}
    </section>
  );
}
