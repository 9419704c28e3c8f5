import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import './switch.css';

/** Yes or no. What follows from it stands under it. */
export function Switch({
  label,
  help,
  isSelected,
  onChange,
}: {
  readonly label: string;
  readonly help?: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <div className="field">
      <AriaSwitch className="switch" isSelected={isSelected} onChange={onChange}>
        <span className="switch-track">
          <span className="switch-knob" />
        </span>
        {label}
      </AriaSwitch>
      {help !== undefined && <p className="field-help switch-help">{help}</p>}
    </div>
  );
}
