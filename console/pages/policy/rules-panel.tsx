import type { ReactNode } from 'react';
import { DEFAULT_POLICY } from '../../../contract/default-policy.ts';
import type { Policy } from '../../../contract/v3/policy.ts';
import { Panel } from '../../ui/page.tsx';
import './policy.css';

/** A rule as it stands in the form. */
export interface Rule {
  readonly name: keyof Policy;
  readonly label: string;
  readonly field: ReactNode;
  /** It needs the whole line. */
  readonly isWide?: boolean;
  /** It is shown whatever it says. */
  readonly isMain?: boolean;
}

/**
 * Rules that belong together. Those that are as a new account has them are folded up under their names: what was decided is what one
 * sees. Nothing is folded while one types: that goes by what is saved.
 * @param faulty which of them were not taken; a fold with one of these opens
 */
export function RulesPanel({
  title,
  rules,
  saved,
  faulty,
}: {
  readonly title: string;
  readonly rules: readonly Rule[];
  readonly saved: Policy;
  readonly faulty: ReadonlySet<string>;
}) {
  const [shown, folded] = Array.from([true, false], (isShown) =>
    rules.filter((rule) => (rule.isMain === true || !isAsNew(rule.name, saved)) === isShown),
  );
  return (
    <Panel title={title}>
      {shown !== undefined && shown.length > 0 && <Fields rules={shown} />}
      {folded !== undefined && folded.length > 0 && (
        <details className="fold" open={folded.some(({ name }) => faulty.has(name))}>
          <summary>As in a new account: {folded.map(({ label }) => lower(label)).join(', ')}</summary>
          <Fields rules={folded} />
        </details>
      )}
    </Panel>
  );
}

function Fields({ rules }: { readonly rules: readonly Rule[] }) {
  return (
    <div className="policy-rules">
      {rules.map(({ name, field, isWide }) => (
        <div key={name} className={isWide === true ? 'policy-wide' : undefined}>
          {field}
        </div>
      ))}
    </div>
  );
}

function isAsNew(name: keyof Policy, saved: Policy): boolean {
  return JSON.stringify(saved[name]) === JSON.stringify(DEFAULT_POLICY[name]);
}

function lower(label: string): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}
