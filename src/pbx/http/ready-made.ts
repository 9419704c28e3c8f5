import { readFileSync } from 'node:fs';
import type { Template } from './template.ts';
import { ciscoWebdialer } from './templates/cisco-webdialer.ts';
import { fusionpbx } from './templates/fusionpbx.ts';
import { grandstreamUcm } from './templates/grandstream-ucm.ts';
import { jambonz } from './templates/jambonz.ts';
import { kazoo } from './templates/kazoo.ts';
import { threeCx } from './templates/3cx.ts';
import { wazo } from './templates/wazo.ts';
import { yeastarP } from './templates/yeastar-p.ts';

export interface ReadyMade {
  readonly template: Template;
  /** Markdown, for the PBX's administrator. */
  readonly guide: string;
}

const TEMPLATES: Readonly<Record<string, Template>> = {
  '3cx': threeCx,
  'cisco-webdialer': ciscoWebdialer,
  fusionpbx,
  'grandstream-ucm': grandstreamUcm,
  jambonz,
  kazoo,
  wazo,
  'yeastar-p': yeastarP,
};

/** The templates that come with us, by the name that the setting `template` takes. */
export const READY_MADE: Readonly<Record<string, ReadyMade>> = Object.fromEntries(
  Object.entries(TEMPLATES).map(([name, template]) => [name, { template, guide: guideOf(name) }]),
);

function guideOf(name: string): string {
  return readFileSync(new URL(`templates/${name}.md`, import.meta.url), 'utf8');
}
