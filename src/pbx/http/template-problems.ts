import { BadPlaceholder, parseText, type Placeholder } from './placeholder.ts';
import type { Condition, Place, Step, Template } from './template.ts';
import { isDialAs, placeholdersIn, steps, texts, type TextPlace } from './template-texts.ts';

/** What the shape can't say: names that are there, places where a placeholder may stand, things that go together. */
export function templateProblems(template: Template, reserved: readonly string[]): string[] {
  const found = [
    ...settingProblems(template, reserved),
    ...texts(template).flatMap((place) => textProblems(template, place)),
    ...steps(template).flatMap(([at, step]) => stepProblems(at, step)),
  ];
  return found.length > 0
    ? found
    : [...dialAsProblems(template), ...insideProblems(template), ...followProblems(template)];
}

function settingProblems({ settings = [] }: Template, reserved: readonly string[]): string[] {
  const seen = new Set(reserved);
  return settings.flatMap(({ name, pattern, type, choices, required, default: given, help }, i) => {
    const at = `/settings/${i}`;
    const problems: string[] = [];
    if (seen.has(name)) problems.push(`${at}/name is ${name}, which is there already; give another name.`);
    seen.add(name);
    if (!help.endsWith('.')) problems.push(`${at}/help must be a sentence that ends in a dot.`);
    if (required !== true && given === undefined) problems.push(`${at} needs a default or required: true.`);
    if (type === 'choice' && choices === undefined) problems.push(`${at} needs choices.`);
    if (pattern !== undefined && !compiles(pattern)) problems.push(`${at}/pattern is no regular expression.`);
    return problems;
  });
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function textProblems(template: Template, { at, text, place }: TextPlace): string[] {
  try {
    const parts = parseText(text);
    return parts.flatMap((part) => {
      if (typeof part === 'string') return [];
      if (part.name === 'pbx_call_id' && part.source === 'call' && !/^\/(?:status|cancel)\//.test(at))
        return [`${at} has {pbx_call_id}, which only status and cancel may have.`];
      const problem =
        at.startsWith('/login/') && ['call', 'map'].includes(part.source)
          ? `has {${part.name}}: a login is made before there is a call`
          : placeholderProblem(template, part, parts.length === 1, place);
      return problem === undefined ? [] : [`${at} ${problem}.`];
    });
  } catch (error) {
    if (error instanceof BadPlaceholder) return [`${at} ${error.message}.`];
    throw error;
  }
}

function placeholderProblem(
  template: Template,
  { source, name, as, optional }: Placeholder,
  alone: boolean,
  place: TextPlace['place'],
): string | undefined {
  const settings = (template.settings ?? []).map((setting) => setting.name);
  const taken = (template.login?.steps ?? []).flatMap((step) => Object.keys(step.take ?? {}));
  if (['setting', 'map', 'path'].includes(source) && !settings.includes(name))
    return `asks for the setting ${name}, which is not among /settings`;
  if (source === 'login' && !taken.includes(name))
    return `asks for ${name} of the login, which no login step takes`;
  if (source === 'derived' && !Object.hasOwn(template.derived ?? {}, name))
    return `asks for ${name}, which is not among /derived`;
  if (source === 'path' && place !== 'path') return `has {path:${name}}, which only a path may have`;
  if (optional && place === 'path') return `can't leave {${name}?} out of a path`;
  if (as !== 'text' && !(alone && place === 'json')) {
    return `has {${name}|${as}}, which may only stand alone in a text of a JSON body`;
  }
  return undefined;
}

const RESERVED_HEADERS = ['host', 'content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade'];
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

function pathProblems(at: string, path: string): string[] {
  if (!/^\/|^\{path:/.test(path)) return [`${at}/path must begin with / or {path:…}.`];
  const literal = path.replace(/\{[^{}]*\}/g, '');
  return /^[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$/.test(literal)
    ? []
    : [`${at}/path has a character that must be percent-encoded; a query goes into query.`];
}

function stepProblems(at: string, step: Step): string[] {
  const { path, success, said = [], refusals = [], take = {}, body = {}, headers = {}, auth } = step;
  const conditions = [success, ...refusals].flatMap(({ where = [] }) => where);
  const wrongHeaders = Object.keys(headers).filter(
    (name) => !HEADER_NAME.test(name) || RESERVED_HEADERS.includes(name.toLowerCase()),
  );
  return [
    ...pathProblems(at, path),
    ...wrongHeaders.map((name) => `${at}/headers can't set ${JSON.stringify(name.slice(0, 40))}.`),
    ...(Object.keys(body).length > 1 ? [`${at}/body must have one of json, form, xml.`] : []),
    ...(success.status === undefined && success.where === undefined
      ? [`${at}/success needs status or where: else everything would be one.`]
      : []),
    ...conditions.flatMap((condition) => placeProblems(`${at}: a condition`, condition)),
    ...said.flatMap((place, i) => placeProblems(`${at}/said/${i}`, place)),
    ...Object.entries(take).flatMap(([name, place]) => placeProblems(`${at}/take/${name}`, place)),
    ...authProblems(at, auth),
  ];
}

function authProblems(at: string, auth: Step['auth']): string[] {
  const needed = {
    none: [],
    basic: ['username', 'password'],
    digest: ['username', 'password'],
    bearer: ['token'],
  };
  const names: readonly string[] = needed[auth?.type ?? 'none'];
  const missing = names.filter((name) => !Object.hasOwn(auth ?? {}, name));
  return missing.length === 0 ? [] : [`${at}/auth needs ${missing.join(', ')}.`];
}

function placeProblems(at: string, place: Condition & Place): string[] {
  const given = [place.json, place.xml, place.header, place.after, place.contains];
  return given.filter((each) => each !== undefined).length === 1
    ? []
    : [`${at} must have one of json, xml, header, after and, in a condition, contains.`];
}

/** What a template says of dial_as is what its call does. */
function dialAsProblems({ call, dial_as }: Template): string[] {
  const used = placeholdersIn(call).some(isDialAs);
  if (dial_as === 'passed' && !used)
    return ['/dial_as is passed, but /call has neither {dial_as} nor {map:…:dial_as}.'];
  return dial_as !== 'passed' && used ? [`/dial_as is ${dial_as}, but /call has a dial_as.`] : [];
}

function insideProblems({ inside, settings = [] }: Template): string[] {
  if (inside === undefined) return [];
  const isThere = settings.some(({ name, type }) => name === 'inside_digits' && type === 'integer');
  return isThere ? [] : ['/inside needs a setting inside_digits of the type integer.'];
}

/** What `status` and `cancel` need of the rest of the template. */
function followProblems({ status, cancel, call_id, settings = [] }: Template): string[] {
  const steps = [...(status === undefined ? [] : [status.step]), ...(cancel?.steps ?? [])];
  const needsId = steps.some((step) => placeholdersIn(step).some(({ name }) => name === 'pbx_call_id'));
  const matches = [
    ['/status/absent', status?.absent],
    ['/cancel/absent', cancel?.absent],
  ] as const;
  const gate = cancel?.setting;
  const isGate = settings.some(({ name, type }) => name === gate && type === 'boolean');
  return [
    ...(needsId && call_id === undefined ? ['/call_id is needed where {pbx_call_id} is used.'] : []),
    ...(gate === undefined || isGate ? [] : [`/cancel/setting needs a setting ${gate} of the type boolean.`]),
    ...matches.flatMap(([at, match]) =>
      match !== undefined && match.status === undefined && match.where === undefined
        ? [`${at} needs status or where: else every call would be absent.`]
        : (match?.where ?? []).flatMap((condition) => placeProblems(at, condition)),
    ),
    ...(status?.states ?? []).flatMap(({ where = [], said, sip }, i) =>
      [...where, ...(said === undefined ? [] : [said]), ...(sip === undefined ? [] : [sip])].flatMap(
        (place) => placeProblems(`/status/states/${i}`, place),
      ),
    ),
  ];
}
