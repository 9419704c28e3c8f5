import type { ReactNode } from 'react';
import './facts.css';

/** Names and what they are; what is null is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, is: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, is]) => is !== null)
        .map(([name, is]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{is}</dd>
          </div>
        ))}
    </dl>
  );
}
