import type { PbxDriver } from '../contract.ts';
import { loadTemplate } from './load-template.ts';
import { manifest } from './manifest.ts';
import { HttpSession } from './session.ts';

/** Any PBX that has a click-to-call URL of its own, described by a template: data, not code. */
export const http: PbxDriver = {
  manifest,
  open: (settings, deps) => {
    const reading = loadTemplate(String(settings['template']));
    // Settings are valid here; a file can have changed since they were read.
    if (!reading.ok) throw new TypeError(reading.problems.join('\n'));
    return new HttpSession(reading.template, settings, deps);
  },
};
