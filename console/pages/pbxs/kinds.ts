import type { Driver } from '../../../contract/v3/drivers.ts';

/** A kind of PBX as people choose one: a driver, and what of it is chosen along with the name. */
export interface Kind {
  readonly id: string;
  readonly label: string;
  readonly says: string;
  readonly driver: string;
  readonly template?: string;
  /** Settings that the choice brings along. */
  readonly settings?: Readonly<Record<string, string>>;
}

const SAYS: Readonly<Record<string, string>> = {
  'asterisk-ami': 'Asterisk 16 or later, over its manager interface',
  'asterisk-ari': 'Asterisk 16 or later, over its REST interface',
  'asterisk-ari-outbound': 'Asterisk 20.15 or later that connects to us: no open port at your side',
  switchvox: 'Over its Extend API',
  freeswitch: 'Over its Event Socket',
  http: 'Any PBX with a click-to-call URL, by a template of your own',
};

const TEMPLATES: Readonly<Record<string, string>> = {
  '3cx': '3CX V20',
  'cisco-webdialer': 'Cisco Unified CM',
  fusionpbx: 'FusionPBX',
  'grandstream-ucm': 'Grandstream UCM',
  jambonz: 'jambonz',
  kazoo: 'Kazoo',
  wazo: 'Wazo',
  'yeastar-p': 'Yeastar P-Series',
};

/** All that one can choose from, the most common first. */
export function kindsOf(drivers: readonly Driver[]): readonly Kind[] {
  return drivers.flatMap((driver) => [
    { id: driver.id, label: driver.label, says: SAYS[driver.id] ?? '', driver: driver.id },
    ...presetsOf(driver),
    ...driver.templates.map((template) => ({
      id: `${driver.id}.${template}`,
      label: TEMPLATES[template] ?? template,
      says: 'Over its own HTTP API',
      driver: driver.id,
      template,
      settings: { template },
    })),
  ]);
}

function presetsOf({ id, presets }: Driver): readonly Kind[] {
  if (id !== 'asterisk-ami' || presets['preset']?.['freepbx'] === undefined) return [];
  const says = 'FreePBX, and what is built on it, over the manager interface';
  return [{ id: `${id}.freepbx`, label: 'FreePBX', says, driver: id, settings: { preset: 'freepbx' } }];
}
