import { Check } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Pbx } from '../../../contract/v3/pbxs.ts';
import { useMay } from '../../api/use-may.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { FirstCall } from './first-call.tsx';

/** The PBX in the box that an account may begin with, by its name. */
const BOX = /^sandbox(-|$)/;

/** From an empty account to a click that rings one's own phone. Gone when there is nothing left to do. */
export function FirstSteps({
  pbxs,
  hasCalled,
}: {
  readonly pbxs: readonly Pbx[];
  readonly hasCalled: boolean;
}) {
  // A first call that ends while one looks at it does not take itself away.
  const [hadCalled] = useState(hasCalled);
  const mayCall = useMay('calls:create');
  const mayManage = useMay('pbxs:manage');
  const mayMakeKeys = useMay('keys:manage');
  const box = pbxs.find(({ name }) => BOX.test(name));
  const hasOwn = pbxs.some(({ name }) => !BOX.test(name));
  if ((hadCalled && hasOwn) || (!mayManage && (!mayCall || box === undefined))) return null;
  return (
    <Panel title="The first minute">
      <ol className="first-steps">
        {mayCall && box !== undefined && (
          <Step
            title="Make a call"
            isDone={hasCalled}
            says="On the PBX in the box: its phones answer by themselves, and nobody's rings."
          >
            <FirstCall pbx={box.name} isFirst={!hadCalled} />
          </Step>
        )}
        {mayManage && (
          <Step
            title="Connect your PBX"
            isDone={hasOwn}
            says="Choose which one it is, fill in its form, and let it be examined: what is wrong comes with what to do."
          >
            <LinkButton to="/pbxs/new" look={hasCalled || box === undefined ? 'main' : 'plain'}>
              Connect a PBX
            </LinkButton>
          </Step>
        )}
        {mayCall && (
          <Step
            title="Click"
            isDone={false}
            says={`Your own phone rings and, when you pick it up, the other one.${mayMakeKeys ? ' Or make a key, and let a program do it.' : ''}`}
          >
            <LinkButton to="/click">Open the dialler</LinkButton>
            {mayMakeKeys && (
              <LinkButton to="/keys" look="quiet">
                Keys
              </LinkButton>
            )}
          </Step>
        )}
      </ol>
    </Panel>
  );
}

function Step({
  title,
  says,
  isDone,
  children,
}: {
  readonly title: string;
  readonly says: string;
  readonly isDone: boolean;
  readonly children: ReactNode;
}) {
  return (
    <li className={isDone ? 'first-step first-step-done' : 'first-step'}>
      <span className="first-mark" aria-hidden>
        {isDone && <Check size={16} strokeWidth={2.5} />}
      </span>
      <div className="first-body">
        <h3>
          {title}
          {isDone && <span className="unseen"> (done)</span>}
        </h3>
        <p className="muted dense">{says}</p>
        <div className="first-acts">{children}</div>
      </div>
    </li>
  );
}
