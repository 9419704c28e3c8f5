import type { ReactNode } from 'react';
import { Mark } from '../../ui/mark.tsx';
import './door.css';

/** The frame of the pages before the log-in. */
export function Door({
  title,
  says,
  children,
  below,
  isWide = false,
}: {
  readonly title: string;
  readonly says?: ReactNode;
  readonly children: ReactNode;
  /** The ways to the other doors. */
  readonly below?: ReactNode;
  /** For what is to be copied. */
  readonly isWide?: boolean;
}) {
  return (
    <main className={isWide ? 'door door-wide' : 'door'}>
      <title>{`${title} · Click-2-Call`}</title>
      <div className="door-room">
        <header className="door-head">
          <Mark size={32} />
          <h1>{title}</h1>
          {says !== undefined && <p className="muted">{says}</p>}
        </header>
        {children}
        {below !== undefined && <footer className="door-below dense muted">{below}</footer>}
      </div>
    </main>
  );
}
