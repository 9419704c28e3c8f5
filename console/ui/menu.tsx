import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import './select.css';

export interface MenuAct {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly act: () => void;
}

/** A button that opens a few acts. */
export function Menu({
  className,
  children,
  acts,
}: {
  readonly className: string;
  readonly children: ReactNode;
  readonly acts: readonly MenuAct[];
}) {
  return (
    <MenuTrigger>
      <Button className={className}>{children}</Button>
      <Popover className="popover">
        <AriaMenu className="list" items={acts}>
          {({ id, label: text, icon: Icon, act }) => (
            <MenuItem id={id} textValue={text} className="list-item" onAction={act}>
              <Icon size={16} aria-hidden />
              {text}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
