import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Button, LinkButton } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { wordsOf } from '../api/problem.ts';

export function PageFault({ error }: ErrorComponentProps) {
  const router = useRouter();
  const { says, remedy } = wordsOf(error);
  return (
    <Empty title="This page could not be shown" says={remedy === undefined ? says : `${says} ${remedy}`}>
      <Button onPress={() => void router.invalidate()}>Try again</Button>
    </Empty>
  );
}

export function PageMissing() {
  return (
    <Empty title="There is no such page" says="The link may be old, or a letter of it is missing.">
      <LinkButton to="/">To the start</LinkButton>
    </Empty>
  );
}
