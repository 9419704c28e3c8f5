import { findEndpoint, type Endpoint } from '../endpoints.ts';

const FIRST_ACCOUNT = 1_000;

/** Every extension from 100 to 999 that the sandbox has. */
const EXTENSIONS = Array.from({ length: 900 }, (_, at) => findEndpoint(String(100 + at))).filter(
  (endpoint) => endpoint !== undefined,
);

/** The account id of an extension: another number than its own, as on a real one. */
export function accountIdOf({ id }: Endpoint): string {
  return String(FIRST_ACCOUNT + Number(id));
}

export function findAccount(accountId: string): Endpoint | undefined {
  return EXTENSIONS.find((endpoint) => accountIdOf(endpoint) === accountId);
}

export function extensionsBetween(min: string, max: string): Endpoint[] {
  return EXTENSIONS.filter(({ id }) => Number(id) >= Number(min) && Number(id) <= Number(max));
}

/** The members of an `<extension>`, as `switchvox.extensions.getInfo` has them. */
export function describeExtension(endpoint: Endpoint): Record<string, string> {
  return {
    number: endpoint.id,
    account_id: accountIdOf(endpoint),
    display: endpoint.name,
    status: '1',
    type: 'sip',
    type_display: 'SIP Extension',
    first_name: endpoint.name,
    last_name: '',
    email_address: `${endpoint.id}@example.net`,
    template_id: '1',
    template_name: 'Default',
    can_dial_from_ivr: '1',
    date_created: '2019-01-02 03:04:05',
  };
}
