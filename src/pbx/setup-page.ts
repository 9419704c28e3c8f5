import {
  capabilitiesOf,
  type Capabilities,
  type DriverManifest,
  type Settings,
  type SettingSpec,
} from './contract.ts';
import { settingsFor } from './settings.ts';

const CAN: Readonly<Record<keyof Capabilities, readonly [yes: string, no: string]>> = {
  dialsAs: ['The second leg runs as the extension given by `dial_as`.', '`dial_as` is refused.'],
  checksSecond: [
    'A second number that can not be dialled is refused before anybody’s phone rings.',
    'Whether the second number can be dialled is found out when the first has answered.',
  ],
  secondLegTimeout: [
    'The PBX itself ends the ringing of the second leg in time.',
    'How long the second leg rings is up to the PBX.',
  ],
  reportsEnd: ['The PBX tells when a call has ended.', 'The PBX does not tell when a call has ended.'],
  reportsLegs: [
    'The PBX tells how each leg fares: ringing, answered, ended.',
    'The PBX does not tell how the legs fare.',
  ],
  reportsCause: ['The PBX tells why a leg ended.', 'The PBX does not tell why a leg ended.'],
  reportsWhoHungUp: ['The PBX tells which side hung up.', 'The PBX does not tell which side hung up.'],
  hangsUp: ['A call can be ended from here, in any state.', 'A call can not be ended from here.'],
  looksUp: ['A call can be asked for by its id.', 'A call can not be asked for by its id.'],
};

/**
 * A PBX's page for its administrator, in Markdown: the driver's own guide, what it can, and all its settings.
 * @param template a ready-made choice of a driver that has some
 */
export function setupPage(manifest: DriverManifest, template?: string): string {
  const given: Settings = template === undefined ? {} : { template };
  const guide = (template === undefined ? undefined : manifest.guides?.[template]) ?? manifest.guide;
  const capabilities = capabilitiesOf(manifest, given);
  const { settings } = settingsFor(manifest, given);
  const can = Object.entries(CAN).map(
    ([name, [yes, no]]) => `- ${capabilities[name as keyof Capabilities] ? yes : no}`,
  );
  const rows = settings.map(
    (spec) => `| \`${spec.name}\` | ${defaultOf(spec)} | ${spec.help}${valuesOf(spec)} |`,
  );
  const parts = [
    guide.trim(),
    '## What it can',
    can.join('\n'),
    '## Settings',
    `As \`--set name=value\` of \`click2call pbx add --driver ${manifest.id}\`.`,
    ['| Setting | Default | |', '|---|---|---|', ...rows].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function defaultOf(spec: SettingSpec): string {
  if (spec.required === true) return 'must be given';
  return spec.default === undefined || spec.default === '' ? 'none' : `\`${spec.default}\``;
}

function valuesOf({ choices, min, max, type }: SettingSpec): string {
  if (choices !== undefined) return ` One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`;
  return type === 'text' || min === undefined ? '' : ` ${min} to ${max}.`;
}
