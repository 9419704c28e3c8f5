import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import './notice.css';

const ICONS = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert, note: Info } as const;

/** Something to know before going on: what it is, and what to do. */
export function Notice({
  tone,
  says,
  remedy,
  children,
}: {
  readonly tone: keyof typeof ICONS;
  readonly says: ReactNode;
  readonly remedy?: ReactNode;
  readonly children?: ReactNode;
}) {
  const Icon = ICONS[tone];
  return (
    <div className={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={18} aria-hidden />
      <div className="notice-words">
        <p className="notice-says">{says}</p>
        {remedy !== undefined && remedy !== '' && <p>{remedy}</p>}
        {children}
      </div>
    </div>
  );
}
