import { Ban, Check, Clock, Link2 } from 'lucide-react';
import type { Link } from '../../../contract/v3/links.ts';
import { Badge } from '../../ui/badge.tsx';
import { nowMs } from '../../ui/now.ts';

function stateOf({ revoked_at: revoked, expires_at: expires, used, uses }: Link) {
  if (revoked !== null) return 'revoked';
  if (used >= uses) return 'used';
  return Date.parse(expires) <= nowMs() ? 'expired' : 'good';
}

const STATES = {
  good: { tone: 'good', icon: Link2, word: 'Good' },
  used: { tone: 'calm', icon: Check, word: 'Used' },
  expired: { tone: 'calm', icon: Clock, word: 'Expired' },
  revoked: { tone: 'calm', icon: Ban, word: 'Revoked' },
} as const;

/** Whether it can make a call still. */
export function isGood(link: Link): boolean {
  return stateOf(link) === 'good';
}

export function LinkState({ link }: { readonly link: Link }) {
  const { tone, icon, word } = STATES[stateOf(link)];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
