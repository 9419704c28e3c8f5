import { Code } from '../ui/code.tsx';
import { Notice } from '../ui/notice.tsx';

/** Something that is given out once: to be copied now. */
export function ShownOnce({
  label,
  text,
  says,
}: {
  readonly label: string;
  readonly text: string;
  readonly says: string;
}) {
  return (
    <>
      <Notice tone="warn" says={says} remedy="It is shown this once." />
      <Code label={label} text={text} wrap />
    </>
  );
}
