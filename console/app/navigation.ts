import {
  ChartNoAxesColumn,
  House,
  KeyRound,
  Link as LinkIcon,
  List,
  type LucideIcon,
  PhoneOutgoing,
  Puzzle,
  ScrollText,
  Server,
  ShieldCheck,
  UserRound,
  Users,
  Webhook,
} from 'lucide-react';
import type { Scope } from '../../contract/v3/scopes.ts';

export interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Pressed after `g`. */
  readonly key: string;
  /** Without this scope the place is not shown: it would hold a refusal and nothing else. */
  readonly scope?: Scope;
  /** It has a place in the bar of a phone. */
  readonly isMain?: boolean;
}

/** Where one can go, in the groups of the navigation. */
export const PLACES: readonly { readonly group: string; readonly places: readonly Place[] }[] = [
  {
    group: 'Calls',
    places: [
      { to: '/', label: 'Start', icon: House, key: 's', isMain: true },
      { to: '/click', label: 'Click', icon: PhoneOutgoing, key: 'd', scope: 'calls:create', isMain: true },
      { to: '/calls', label: 'Calls', icon: List, key: 'c', scope: 'calls:read', isMain: true },
      { to: '/usage', label: 'Usage', icon: ChartNoAxesColumn, key: 'u', scope: 'calls:read' },
    ],
  },
  {
    group: 'Set up',
    places: [
      { to: '/pbxs', label: 'PBXs', icon: Server, key: 'p', scope: 'pbxs:read', isMain: true },
      { to: '/keys', label: 'Keys', icon: KeyRound, key: 'k', scope: 'keys:manage' },
      { to: '/integrations', label: 'Integrations', icon: Puzzle, key: 'i', scope: 'calls:create' },
      { to: '/links', label: 'Click links', icon: LinkIcon, key: 'l', scope: 'links:manage' },
      { to: '/policy', label: 'Dial policy', icon: ShieldCheck, key: 'o', scope: 'policy:read' },
      { to: '/webhooks', label: 'Webhooks', icon: Webhook, key: 'w', scope: 'webhooks:manage' },
    ],
  },
  {
    group: 'Account',
    places: [
      { to: '/members', label: 'People', icon: Users, key: 'm', scope: 'members:manage' },
      { to: '/audit', label: 'Audit', icon: ScrollText, key: 'a', scope: 'audit:read' },
      { to: '/settings', label: 'You', icon: UserRound, key: 'y' },
    ],
  },
];
