/** What people may do in an account, as it is said to them. */
export const ROLES = [
  { id: 'owner', label: 'Owner', says: 'Everything, and makes other owners' },
  { id: 'admin', label: 'Admin', says: 'Everything but owners' },
  { id: 'member', label: 'Member', says: 'Makes calls, reads PBXs' },
  { id: 'viewer', label: 'Viewer', says: 'Reads calls and PBXs' },
] as const;
export type RoleId = (typeof ROLES)[number]['id'];
