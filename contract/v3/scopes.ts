/** What a key can be allowed to do. A word keeps its meaning; new ones may come. */
export const SCOPES = {
  'calls:create': 'Make calls, and ask what a call would do.',
  'calls:read': 'Read calls, their journals and their events.',
  'calls:end': 'Hang calls up.',
  'pbxs:read': 'Read PBXs: their settings without the secrets, what they can.',
  'pbxs:manage': 'Add, change, examine and remove PBXs.',
  'keys:manage': 'Read, make, rotate and revoke keys.',
  'links:manage': 'Read, make and revoke click links.',
  'policy:read': 'Read what calls may be made.',
  'policy:manage': 'Set what calls may be made.',
  'webhooks:manage': 'Read, add, change and remove webhooks.',
  'members:manage': 'Read, invite, change and remove the people of the account.',
  'audit:read': 'Read who did what in the account.',
} as const;
export type Scope = keyof typeof SCOPES;
