import { KeyRound, KeySquare, Snowflake } from 'lucide-react';
import type { Key } from '../../../contract/v3/keys.ts';
import { Badge } from '../../ui/badge.tsx';
import { nowMs } from '../../ui/now.ts';
import { Time } from '../../ui/time.tsx';

/** Whether calls can be made with it any more. */
export function isEnded({ revoked_at: revoked, expires_at: expires }: Key): boolean {
  return revoked !== null || (expires !== null && Date.parse(expires) <= nowMs());
}

const KINDS = { live: 'Live', test: 'Test', publishable: 'Publishable' } as const;

export function KeyState({ apiKey }: { readonly apiKey: Key }) {
  const { kind, frozen, expires_at: expires, revoked_at: revoked } = apiKey;
  if (isEnded(apiKey))
    return (
      <Badge tone="calm" icon={KeySquare}>
        {revoked === null ? 'Expired' : 'Revoked'}
      </Badge>
    );
  return (
    <>
      {frozen === null ? (
        <Badge tone="good" icon={KeyRound}>
          {KINDS[kind]}
        </Badge>
      ) : (
        <>
          <Badge tone="bad" icon={Snowflake}>
            Frozen
          </Badge>
          <div className="muted">{frozen.reason}</div>
        </>
      )}
      {expires !== null && (
        <div className="muted">
          until <Time at={expires} />
        </div>
      )}
    </>
  );
}
