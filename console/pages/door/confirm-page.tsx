import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { ask } from '../../api/client.ts';
import { wordsOf } from '../../api/problem.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { BrokenLink } from './broken-link.tsx';
import { Door } from './door.tsx';
import { isWhole, useLinkToken } from './link-token.ts';

/** Where the letter leads that asks whether an e-mail is one's own. */
export function ConfirmPage() {
  const token = useLinkToken();
  const isUsed = useRef(false);
  const queries = useQueryClient();
  const confirm = useMutation({
    mutationFn: () => ask('PUT', `/v3/email_confirmations/${encodeURIComponent(token)}`),
    onSuccess: () => queries.removeQueries({ queryKey: ['me'] }),
  });
  const use = useEffectEvent(() => {
    if (isUsed.current) return;
    isUsed.current = true;
    if (isWhole(token)) confirm.mutate();
  });
  useEffect(() => use(), []);
  return (
    <Door title="Your e-mail">
      {!isWhole(token) && <BrokenLink />}
      {confirm.isSuccess && <Notice tone="good" says="Thank you: it is confirmed." />}
      {confirm.error !== null && <Notice tone="bad" {...wordsOf(confirm.error)} />}
      {confirm.isPending ? <Loading /> : <LinkButton to="/">To the console</LinkButton>}
    </Door>
  );
}
