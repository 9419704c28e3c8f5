import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, LogOut, Moon, Sun, SunMoon, UserRound } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import type { Me } from '../../contract/v3/me.ts';
import { Menu, type MenuAct } from '../ui/menu.tsx';
import { toastFault } from '../ui/toast.tsx';
import { keepTheme, keptTheme, type Theme } from './theme.ts';

const NEXT = {
  system: { theme: 'light', label: 'Light', icon: Sun },
  light: { theme: 'dark', label: 'Dark', icon: Moon },
  dark: { theme: 'system', label: 'Light or dark as the system has it', icon: SunMoon },
} as const satisfies Record<Theme, unknown>;

/** Who is logged in, and what they can do about that. */
export function PersonMenu({ me }: { readonly me: Me }) {
  const acts = usePersonActs();
  return (
    <Menu className="person" acts={acts}>
      <UserRound size={18} strokeWidth={1.75} aria-hidden />
      <span className="person-name">{me.user?.name ?? 'By a key'}</span>
      <ChevronsUpDown size={14} aria-hidden />
    </Menu>
  );
}

export function usePersonActs(): readonly MenuAct[] {
  const [theme, setTheme] = useState(keptTheme);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const next = NEXT[theme];
  const logOut = async () => {
    await ask('DELETE', '/v3/sessions/current');
    queries.clear();
    await navigate({ to: '/login' });
  };
  return [
    {
      id: 'theme',
      label: next.label,
      icon: next.icon,
      act: () => {
        keepTheme(next.theme);
        setTheme(next.theme);
      },
    },
    { id: 'log-out', label: 'Log out', icon: LogOut, act: () => void logOut().catch(toastFault) },
  ];
}
