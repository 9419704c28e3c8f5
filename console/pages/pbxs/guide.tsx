import { Markdown } from '../../parts/markdown/markdown.tsx';
import { Panel } from '../../ui/page.tsx';
import { fillGuide } from './fill-guide.ts';
import type { Typed } from './settings-of.ts';

/** What the PBX's administrator does, with what was typed in its place. */
export function Guide({
  guide,
  ...filled
}: {
  readonly guide: string;
  readonly name: string;
  readonly typed: Typed;
  readonly account: string;
}) {
  return (
    <Panel>
      <Markdown text={fillGuide(guide, { ...filled, here: window.location.hostname })} />
    </Panel>
  );
}
