import type { DriverWithGuide, READ_DRIVER } from '../../../../contract/v3/drivers.ts';
import { settingsFor } from '../../../pbx/settings.ts';
import { notFound, problemOfFields } from '../problem.ts';
import type { Handler } from '../route.ts';
import { presentDriver } from './present-driver.ts';

export const readDriver: Handler<typeof READ_DRIVER> = (ask, { directory }) => {
  const driver = directory.drivers.find(({ manifest }) => manifest.id === ask.param('id'));
  if (driver === undefined) throw notFound('kind of PBX');
  const { template } = ask.query;
  const { guide, guides = {} } = driver.manifest;
  if (template !== undefined && !Object.hasOwn(guides, template)) {
    const names = Object.keys(guides);
    const right = names.length === 0 ? 'this kind of PBX has none' : `give one of ${names.join(', ')}`;
    const detail = `template can not be ${JSON.stringify(template)}; ${right}.`;
    throw problemOfFields([{ field: 'template', code: 'parameter_invalid', detail }]);
  }
  const { settings } = settingsFor(driver.manifest, template === undefined ? {} : { template });
  const body: DriverWithGuide = {
    ...presentDriver(driver, settings),
    guide: (template === undefined ? undefined : guides[template]) ?? guide,
  };
  return { status: 200, body };
};
