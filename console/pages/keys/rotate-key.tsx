import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Key } from '../../../contract/v3/keys.ts';
import { ask } from '../../api/client.ts';
import { wordsOf } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { keyName } from './key-name.ts';
import { isEnded } from './key-state.tsx';
import { TheKey } from './the-key.tsx';

type MadeKey = Key & { readonly api_key: string };

const OVERLAPS = [
  { id: '86400', label: 'For a day' },
  { id: '3600', label: 'For an hour' },
  { id: '604800', label: 'For a week' },
  { id: '0', label: 'No longer: it ends now' },
] as const;

/**
 * Makes the key's successor; the old one goes on for a while, so that its program can be given the new one in peace. Where that
 * ends it at once, the new one is shown all the same.
 */
export function RotateKey({ apiKey }: { readonly apiKey: Key }) {
  const [isAsked, setAsked] = useState(false);
  const [overlap, setOverlap] = useState<(typeof OVERLAPS)[number]['id']>('86400');
  const queries = useQueryClient();
  const name = keyName(apiKey);
  const rotate = useMutation({
    mutationFn: () =>
      ask<MadeKey>('POST', `/v3/keys/${apiKey.id}/rotate`, { body: { overlap_seconds: Number(overlap) } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
  const close = () => {
    setAsked(false);
    rotate.reset();
  };
  return (
    <>
      {!isEnded(apiKey) && (
        <Button look="quiet" size="small" aria-label={`Rotate ${name}`} onPress={() => setAsked(true)}>
          Rotate
        </Button>
      )}
      <Dialog title={`Rotate ${name}`} isOpen={isAsked} onClose={close}>
        {rotate.data === undefined ? (
          <>
            {rotate.error !== null && <Notice tone="bad" {...wordsOf(rotate.error)} />}
            <p>A new key with the same rights and limits is made, and shown once.</p>
            <Select label="The old one goes on" choices={OVERLAPS} value={overlap} onChange={setOverlap} />
            <div className="dialog-acts">
              <Button onPress={close}>Leave it</Button>
              <Button look="main" isPending={rotate.isPending} onPress={() => rotate.mutate()}>
                Rotate
              </Button>
            </div>
          </>
        ) : (
          <TheKey apiKey={rotate.data.api_key} onClose={close} />
        )}
      </Dialog>
    </>
  );
}
