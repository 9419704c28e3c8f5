import { useEffect, useEffectEvent, useRef } from 'react';
import { wordsOf } from '../../api/problem.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Door } from './door.tsx';
import { useLinkToken } from './link-token.ts';
import { useEnter } from './use-enter.ts';

/** Where a one-time link leads: it is good once, and used at once. */
export function EnterPage() {
  const token = useLinkToken();
  const isUsed = useRef(false);
  const enter = useEnter();
  const use = useEffectEvent(() => {
    if (isUsed.current) return;
    isUsed.current = true;
    enter.mutate({ token });
  });
  useEffect(() => use(), []);
  return (
    <Door title="Log in by a link">
      {enter.error === null ? (
        <Loading />
      ) : (
        <>
          <Notice tone="bad" {...wordsOf(enter.error)} />
          <LinkButton to="/login">Log in by a password</LinkButton>
        </>
      )}
    </Door>
  );
}
