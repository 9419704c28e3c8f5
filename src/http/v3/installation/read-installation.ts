import type { READ_INSTALLATION } from '../../../../contract/v3/installation.ts';
import type { Handler } from '../route.ts';

export const readInstallation: Handler<typeof READ_INSTALLATION> = (_ask, { installation }) => ({
  status: 200,
  body: installation(),
});
