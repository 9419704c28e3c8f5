import { ChartNoAxesColumn, House, List, type LucideIcon, Server } from 'lucide-react';

export interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Pressed after `g`. */
  readonly key: string;
  /** Without this scope the place is not shown: it would hold a refusal and nothing else. */
  readonly scope?: string;
}

/** Where one can go, in the groups of the navigation. */
export const PLACES: readonly { readonly group: string; readonly places: readonly Place[] }[] = [
  {
    group: 'Calls',
    places: [
      { to: '/', label: 'Start', icon: House, key: 'h' },
      { to: '/calls', label: 'Calls', icon: List, key: 'c', scope: 'calls:read' },
      { to: '/usage', label: 'Usage', icon: ChartNoAxesColumn, key: 'u', scope: 'calls:read' },
    ],
  },
  {
    group: 'Set up',
    places: [{ to: '/pbxs', label: 'PBXs', icon: Server, key: 'p', scope: 'pbxs:read' }],
  },
];
