import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Button, LinkButton } from '../ui/button.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { Door } from '../pages/door/door.tsx';
import { ApiProblem, wordsOf } from '../api/problem.ts';
import { Unconfirmed } from '../parts/unconfirmed.tsx';

export function PageFault({ error }: ErrorComponentProps) {
  const router = useRouter();
  // Whoever is logged out is on the way to the log-in.
  if (error instanceof ApiProblem && error.problem.status === 401) return <Loading />;
  const { says, remedy } = wordsOf(error);
  const isForbidden = error instanceof ApiProblem && error.problem.status === 403;
  return (
    <Page title="This page could not be shown" says={remedy === undefined ? says : `${says} ${remedy}`}>
      {isForbidden && <Unconfirmed />}
      <div>
        <Button onPress={() => void router.invalidate()}>Try again</Button>
      </div>
    </Page>
  );
}

/** Of no page: it stands alone, without the frame of those behind the log-in. */
export function PageMissing() {
  return (
    <Door title="There is no such page" says="The link may be old, or a letter of it is missing.">
      <LinkButton to="/">To the start</LinkButton>
    </Door>
  );
}
