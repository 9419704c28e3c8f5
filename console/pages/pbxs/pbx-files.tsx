import { Code } from '../../ui/code.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/page.tsx';

/** Of a PBX that connects to us: what its administrator pastes. */
export function PbxFiles({ files }: { readonly files: Readonly<Record<string, string>> }) {
  return (
    <>
      <Notice
        tone="warn"
        says="Paste these files into your PBX now."
        remedy="A password of this PBX is in them, and they are shown this once."
      />
      {Object.entries(files).map(([name, text]) => (
        <Panel key={name} title={name}>
          <Code label={name} text={text} />
        </Panel>
      ))}
    </>
  );
}
