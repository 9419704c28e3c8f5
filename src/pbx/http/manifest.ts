import { readFileSync } from 'node:fs';
import type { Capabilities, DriverManifest, SettingSpec, Settings, SettingsFor } from '../contract.ts';
import { COMMON_SETTINGS } from './common-settings.ts';
import { FOLLOW_SETTINGS } from './follow-settings.ts';
import { isFile, loadTemplate } from './load-template.ts';
import { READY_MADE } from './ready-made.ts';
import type { Template } from './template.ts';

/** What all have in common: an answer says that the order was taken. */
const LEAST: Capabilities = {
  dialsAs: false,
  checksSecond: false,
  secondLegTimeout: false,
  reportsEnd: false,
  reportsLegs: false,
  reportsCause: false,
  reportsWhoHungUp: false,
  hangsUp: false,
  looksUp: false,
};

export const manifest: DriverManifest = {
  id: 'http',
  kind: 'other',
  label: "A PBX's own HTTP API",
  settings: COMMON_SETTINGS,
  settingsFor,
  notForStrangers,
  capabilities: LEAST,
  capabilitiesFor: (settings) => {
    const reading = loadTemplate(String(settings['template']));
    if (!reading.ok) return LEAST;
    const { dial_as, checks_second = false } = reading.template;
    return {
      ...LEAST,
      dialsAs: dial_as === 'passed',
      checksSecond: checks_second,
      reportsEnd: followsCalls(reading.template, settings),
      hangsUp: endsCalls(reading.template, settings),
    };
  },
  guide: readFileSync(new URL('guide.md', import.meta.url), 'utf8'),
  guides: Object.fromEntries(Object.entries(READY_MADE).map(([name, { guide }]) => [name, guide])),
};

/** Whether its calls are asked for. */
export function followsCalls({ status }: Template, settings: Settings): boolean {
  return status !== undefined && settings['follow_calls'] !== false;
}

/** Whether a call can be ended: some PBXs have it only where they are set up for it. */
export function endsCalls({ cancel }: Template, settings: Settings): boolean {
  if (cancel === undefined) return false;
  return cancel.setting === undefined || settings[cancel.setting] === true;
}

function settingsFor({ template }: Settings): SettingsFor {
  if (template === undefined) return { settings: COMMON_SETTINGS, problems: [] };
  const reading = loadTemplate(String(template));
  return reading.ok
    ? { settings: specsOf(reading.template), problems: [] }
    : { settings: COMMON_SETTINGS, problems: reading.problems };
}

/** They would learn which files there are on this machine, and could have one of them read. */
function notForStrangers({ template }: Settings): readonly string[] {
  if (template === undefined || !isFile(String(template))) return [];
  const names = Object.keys(READY_MADE).join(', ');
  return [`template can not be a file over the API, or where C2C_SIGNUP is open; give one of ${names}.`];
}

/** The common settings with the template's own defaults, and the template's own settings before the bounds. */
function specsOf(template: Template): readonly SettingSpec[] {
  const { port, answer_seconds } = template;
  const defaults: Settings = {
    ...(port !== undefined && { port }),
    ...(answer_seconds !== undefined && { answer_seconds }),
  };
  const common = COMMON_SETTINGS.map((spec): SettingSpec => {
    const value = defaults[spec.name];
    return value === undefined ? spec : { ...spec, default: value };
  });
  const connection = common.findIndex(({ name }) => name === 'answer_seconds') + 1;
  const following = template.status === undefined ? [] : FOLLOW_SETTINGS;
  return [
    ...common.slice(0, connection),
    ...(template.settings ?? []),
    ...following,
    ...common.slice(connection),
  ];
}
