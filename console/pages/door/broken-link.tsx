import { Notice } from '../../ui/notice.tsx';

/** Instead of a form that would come to nothing. */
export function BrokenLink() {
  return (
    <Notice
      tone="bad"
      says="This link is not whole."
      remedy="A part of it was lost when it was copied: open it from where it was sent to you."
    />
  );
}
