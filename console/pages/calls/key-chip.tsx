import { useQuery } from '@tanstack/react-query';
import { KeyRound, X } from 'lucide-react';
import type { Key } from '../../../contract/v3/keys.ts';
import { keysQuery } from '../../api/queries.ts';
import { useMay } from '../../api/use-may.ts';
import { Button } from '../../ui/button.tsx';
import { visibleText } from '../../parts/moments.ts';

/** Says which key's calls are listed, and lets those of the others in again. */
export function KeyChip({ id, takeAway }: { readonly id: string; readonly takeAway: () => void }) {
  const mayRead = useMay('keys:manage');
  const { data } = useQuery({ ...keysQuery, enabled: mayRead, retry: false });
  const name = nameOf(
    id,
    data?.items.find((key) => key.id === id),
  );
  return (
    <span className="filter-chip">
      <KeyRound size={14} aria-hidden />
      <span className="filter-chip-name">Asked for by {name}</span>
      <Button look="quiet" size="small" aria-label={`Take away: asked for by ${name}`} onPress={takeAway}>
        <X aria-hidden />
      </Button>
    </span>
  );
}

/** Whoever may not read the keys has its id. */
function nameOf(id: string, key: Key | undefined): string {
  if (key === undefined) return `the key ${visibleText(id)}`;
  return key.label === '' ? `${key.prefix}…` : `${visibleText(key.label)}, ${key.prefix}…`;
}
