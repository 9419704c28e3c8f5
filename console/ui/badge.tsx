import type { LucideIcon } from 'lucide-react';
import './badge.css';

export type Tone = 'good' | 'warn' | 'bad' | 'doubt' | 'calm' | 'live';

/** A state: a colour, a word and a shape, of which each tells it alone. */
export function Badge({
  tone,
  icon: Icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly children: string;
}) {
  return (
    <span className={`badge badge-${tone}`}>
      <Icon size={14} strokeWidth={2.25} aria-hidden />
      {children}
    </span>
  );
}
