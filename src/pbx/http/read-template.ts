import { Errors } from 'typebox/value';
import { templateProblems } from './template-problems.ts';
import { TemplateSchema, type Template } from './template.ts';

export type TemplateReading =
  | { readonly ok: true; readonly template: Template }
  /** One sentence for each thing that is wrong; it begins with the field's place in the file, such as `/call/path`. */
  | { readonly ok: false; readonly problems: readonly string[] };

const PROBLEMS_MAX = 20;
const DEPTH_MAX = 40;

/** Reads what claims to be a template: its shape first, then what a shape can't say. */
export function readTemplate(json: unknown, reserved: readonly string[]): TemplateReading {
  if (isDeeper(json, DEPTH_MAX))
    return { ok: false, problems: [`the template is deeper than ${DEPTH_MAX} levels.`] };
  const problems = shapeProblems(json);
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, PROBLEMS_MAX) };
  const template = json as Template;
  const found = templateProblems(template, reserved);
  return found.length > 0 ? { ok: false, problems: found.slice(0, PROBLEMS_MAX) } : { ok: true, template };
}

/** Values are not repeated: the file may be another than the one that was meant. */
function shapeProblems(json: unknown): string[] {
  return Errors(TemplateSchema, json).flatMap(({ keyword, instancePath, message, params }) => {
    // Said once, by additionalProperties, with the field's name.
    if (keyword === 'boolean') return [];
    const details = params as Readonly<Record<string, readonly string[] | undefined>>;
    const at = instancePath === '' ? 'the template' : instancePath;
    const names = details['requiredProperties'] ?? details['additionalProperties'];
    const choices = details['allowedValues'];
    if (keyword === 'required') return [`${at} needs ${names?.join(', ')}.`];
    if (keyword === 'additionalProperties') return [`${at} has unknown fields: ${names?.join(', ')}.`];
    if (choices !== undefined) return [`${at} must be one of ${choices.join(', ')}.`];
    return [`${at} ${message}.`];
  });
}

function isDeeper(json: unknown, levels: number): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return levels === 0 || Object.values(json).some((each) => isDeeper(each, levels - 1));
}
