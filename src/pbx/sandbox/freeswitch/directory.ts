import { type Endpoint, findEndpoint } from '../endpoints.ts';
import { findNumber } from '../numbers.ts';

/** The users of one domain, made of the sandbox's endpoints. */
export class Directory {
  readonly domain: string;

  constructor(domain: string) {
    this.domain = domain;
  }

  /** `101@pbx.test`, or `101` alone for the default domain. */
  find(at: string): Endpoint | undefined {
    const [user = '', domain = this.domain] = at.split('@', 2);
    return domain === this.domain ? findEndpoint(user) : undefined;
  }

  /** The user's `<variables>`, as vanilla FreeSWITCH has them. */
  variablesOf(user: Endpoint): Readonly<Record<string, string>> {
    return {
      toll_allow: user.context === 'longdistance' ? 'domestic,local' : 'local',
      accountcode: user.accountCode,
      user_context: user.context,
      effective_caller_id_name: user.name,
      effective_caller_id_number: user.id,
      outbound_caller_id_name: 'Sandbox Ltd',
      outbound_caller_id_number: '12125550100',
    };
  }

  isRegistered(user: Endpoint): boolean {
    return findNumber(user.id)?.phone.does !== 'absent';
  }
}
