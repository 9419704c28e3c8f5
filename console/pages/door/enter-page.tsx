import { useEffect, useEffectEvent, useRef } from 'react';
import { ApiProblem, wordsOf } from '../../api/problem.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { BrokenLink } from './broken-link.tsx';
import { Door } from './door.tsx';
import { isWhole, useLinkToken } from './link-token.ts';
import { useEnter } from './use-enter.ts';

/** Whoever comes by a link has typed no password that could be wrong. */
function faultWords(error: Error): ReturnType<typeof wordsOf> {
  if (!(error instanceof ApiProblem) || error.code !== 'login_failed') return wordsOf(error);
  return {
    says: 'This link was used already, or is too old.',
    remedy: 'Log in by your password, or ask for a new link.',
  };
}

/** Where a one-time link leads: it is good once, and used at once. */
export function EnterPage() {
  const token = useLinkToken();
  const isUsed = useRef(false);
  const enter = useEnter();
  const use = useEffectEvent(() => {
    if (isUsed.current) return;
    isUsed.current = true;
    if (isWhole(token)) enter.mutate({ token });
  });
  useEffect(() => use(), []);
  return (
    <Door title="Log in by a link">
      {isWhole(token) && enter.error === null ? (
        <Loading />
      ) : (
        <>
          {enter.error === null ? <BrokenLink /> : <Notice tone="bad" {...faultWords(enter.error)} />}
          <LinkButton to="/login">Log in by a password</LinkButton>
        </>
      )}
    </Door>
  );
}
