import type { Command } from 'commander';
import { describeConfig, readConfig } from '../../config/config.ts';
import { examples, JSON_OUT, type JsonOption } from '../options.ts';
import { print, visible, type Terminal } from '../terminal.ts';

export function addConfig(parent: Command, terminal: Terminal): void {
  parent
    .command('config')
    .description(
      'List the settings of this installation: environment variables, their defaults and values now.',
    )
    .option(...JSON_OUT)
    .addHelpText('after', examples('config'))
    .action((options: JsonOption) => config(terminal, options));
}

function config(terminal: Terminal, { json }: JsonOption): void {
  const settings = describeConfig(terminal.env);
  const text = settings.map(({ name, meaning, default: fallback, value }) => {
    const now = value === null ? `${fallback} (default)` : `${visible(value)} (default: ${fallback})`;
    return `${name} = ${now}\n    ${meaning}`;
  });
  print(terminal, json, settings, text.join('\n'));
  // After the list, which is what helps to put it right.
  readConfig(terminal.env);
}
