import type { Settings } from '../contract.ts';
import { placeholdersOf, type Placeholder } from './placeholder.ts';
import type { Step, Template } from './template.ts';

export interface TextPlace {
  readonly at: string;
  readonly text: string;
  readonly place: 'path' | 'json' | 'other';
}

/** Every text that may hold placeholders, and where it stands. */
export function texts(template: Template): TextPlace[] {
  const derived = Object.entries(template.derived ?? {});
  return [
    ...steps(template).flatMap(([at, step]) => stepTexts(at, step)),
    ...derived.map(([name, { of }]) => ({ at: `/derived/${name}/of`, text: of, place: 'other' as const })),
  ];
}

export function steps({ login, call, inside, check, status, cancel }: Template): [at: string, step: Step][] {
  const logins = (login?.steps ?? []).map((step, i): [string, Step] => [`/login/steps/${i}`, step]);
  const calls: [string, Step | undefined][] = [
    ['/call', call],
    ['/inside/call', inside?.call],
    ['/check', check],
    ['/status/step', status?.step],
    ...(cancel?.steps ?? []).map((step, i): [string, Step] => [`/cancel/steps/${i}`, step]),
  ];
  return [
    ...logins,
    ...calls.flatMap(([at, step]): [string, Step][] => (step === undefined ? [] : [[at, step]])),
  ];
}

export function stepTexts(at: string, { path, query, headers, body, auth }: Step): TextPlace[] {
  const auths = { username: auth?.username, password: auth?.password, token: auth?.token };
  return [
    { at: `${at}/path`, text: path, place: 'path' },
    ...leaves(`${at}/query`, query, 'other'),
    ...leaves(`${at}/headers`, headers, 'other'),
    ...leaves(`${at}/body/json`, body?.json, 'json'),
    ...leaves(`${at}/body/form`, body?.form, 'other'),
    ...leaves(`${at}/body/xml`, body?.xml, 'other'),
    ...leaves(`${at}/auth`, auths, 'other'),
  ];
}

function leaves(at: string, value: unknown, place: TextPlace['place']): TextPlace[] {
  if (typeof value === 'string') return [{ at, text: value, place }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => leaves(`${at}/${name}`, each, place));
}

/** The placeholders of a step. @throws BadPlaceholder */
export function placeholdersIn(step: Step): readonly Placeholder[] {
  return stepTexts('', step).flatMap(({ text }) => placeholdersOf(text));
}

export function isDialAs({ source, name, by }: Placeholder): boolean {
  return (source === 'call' && name === 'dial_as') || by === 'dial_as';
}

/** Whether the order carries the time that the first phone may ring. */
export function passesTimeout({ call }: Template): boolean {
  return placeholdersIn(call).some(({ source, name }) => source === 'call' && name === 'timeout');
}

/** Values of secret settings: to be shown nowhere. */
export function secretsOf(template: Template, settings: Settings): readonly string[] {
  return (template.settings ?? [])
    .filter(({ secret }) => secret === true)
    .map(({ name }) => String(settings[name] ?? ''))
    .filter((value) => value !== '');
}
