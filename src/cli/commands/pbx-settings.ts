import type { Command } from 'commander';
import type { DriverManifest, SettingSpec } from '../../pbx/contract.ts';
import { settingsFor } from '../../pbx/settings.ts';
import { wrongInput } from '../failure.ts';
import { findDriver } from '../find-driver.ts';
import { DRIVER, examples, JSON_OUT, TEMPLATE, type JsonOption } from '../options.ts';
import { print, type Terminal } from '../terminal.ts';

interface Options extends JsonOption {
  readonly driver: string;
  readonly template?: string;
}

export function addPbxSettings(parent: Command, terminal: Terminal): void {
  parent
    .command('settings')
    .description("List a driver's settings: what each does, its default, what it may be.")
    .requiredOption(...DRIVER)
    .option(...TEMPLATE)
    .option(...JSON_OUT)
    .addHelpText(
      'after',
      examples('pbx settings --driver asterisk-ami', 'pbx settings --driver http --template wazo'),
    )
    .action((options: Options) => pbxSettings(terminal, options));
}

async function pbxSettings(terminal: Terminal, { driver, template, json }: Options): Promise<void> {
  const { manifest } = await findDriver(driver);
  const { settings, problems } = settingsFor(manifest, template === undefined ? {} : { template });
  if (problems.length > 0) throw wrongInput(...problems);
  const { id, kind, label, presets = {} } = manifest;
  print(terminal, json, { driver: id, kind, label, settings, presets }, describe(manifest, settings));
}

function describe({ label, presets = {} }: DriverManifest, settings: readonly SettingSpec[]): string {
  const listed = settings.map((spec) => `${spec.name}  (${facts(spec).join('; ')})\n    ${spec.help}`);
  const brought = Object.entries(presets).flatMap(([name, choices]) =>
    Object.entries(choices)
      .map(([choice, values]) => [
        `${name}=${choice}`,
        Object.entries(values).map((each) => `    ${each.join('=')}`),
      ])
      .filter(([, values]) => values !== undefined && values.length > 0)
      .map(([chosen, values]) => `${String(chosen)} brings along\n${[values].flat().join('\n')}`),
  );
  return [`Settings of ${label}, for --set name=value:`, ...listed, ...brought].join('\n\n');
}

function facts(spec: SettingSpec): string[] {
  const what = {
    text: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: 'true or false',
    choice: `one of ${spec.choices?.join(', ') ?? ''}`,
  }[spec.type];
  const from = spec.min === undefined ? '' : ` from ${spec.min}`;
  const to = spec.max === undefined ? '' : ` to ${spec.max}`;
  const fallback = spec.default === '' ? 'default empty' : `default ${String(spec.default)}`;
  return [
    ...(spec.required === true ? ['required'] : []),
    `${what}${from}${to}`,
    ...(spec.default === undefined ? [] : [fallback]),
    ...(spec.secret === true ? ['secret: sealed at rest, shown nowhere'] : []),
  ];
}
