import { Link, useNavigate } from '@tanstack/react-router';
import { Menu as MenuIcon } from 'lucide-react';
import type { Me } from '../../contract/v3/me.ts';
import { scopesOf } from '../api/people.ts';
import { Menu } from '../ui/menu.tsx';
import { PLACES } from './navigation.ts';
import { usePersonActs } from './person-menu.tsx';
import './bar.css';

/** The navigation of a phone: the main places under the thumb, the others in a menu. */
export function Bar({ me }: { readonly me: Me }) {
  const navigate = useNavigate();
  const personActs = usePersonActs();
  const scopes = scopesOf(me);
  const open = PLACES.flatMap(({ places }) => places).filter(
    ({ scope }) => scope === undefined || scopes.has(scope),
  );
  const others = open
    .filter(({ isMain }) => isMain !== true)
    .map(({ to, label, icon }) => ({ id: to, label, icon, act: () => void navigate({ to }) }));
  return (
    <nav className="bar" aria-label="Main places">
      {open
        .filter(({ isMain }) => isMain === true)
        .map(({ to, label, icon: Icon }) => (
          <Link key={to} to={to} className="bar-link" activeOptions={{ exact: to === '/' }}>
            <Icon size={20} strokeWidth={1.75} aria-hidden />
            {label}
          </Link>
        ))}
      <Menu className="bar-link" acts={[...others, ...personActs]}>
        <MenuIcon size={20} strokeWidth={1.75} aria-hidden />
        More
      </Menu>
    </nav>
  );
}
