/**
 * Placeholders in a template's texts:
 *
 *     {first} {second} {dial_as} {timeout} {call_id}   of the call; call_id is ours
 *     {caller_id_name}                                 the name that it asks for on the first phone, where it does
 *     {pbx_call_id}                                    in status and cancel: the PBX's own id of the call
 *     {setting:name}                                   a setting
 *     {map:name:first} {map:name:dial_as}              a setting such as 101=alice,102=bob, looked up by a number
 *     {login:name} {token}                             taken by a login step; token is short for login:token
 *     {derived:name}                                   computed, see `derived` of the template
 *     {path:name}                                      in a path only: a setting whose slashes stay slashes
 *     {dial_as?}                                       leaves its field out where there is no value
 *     {timeout|number} {setting:x|boolean}             in JSON, alone in its text: a number, true or false
 *     {{ }}                                            braces themselves
 */
export interface Placeholder {
  readonly source: 'call' | 'setting' | 'map' | 'login' | 'derived' | 'path';
  readonly name: string;
  /** Of a map: the number that is looked up. */
  readonly by?: 'first' | 'second' | 'dial_as';
  readonly optional: boolean;
  readonly as: 'text' | 'number' | 'boolean';
}

export type Part = string | Placeholder;

const CALL_VALUES = ['first', 'second', 'dial_as', 'timeout', 'call_id', 'caller_id_name', 'pbx_call_id'];
const FORM =
  /^(?:(?<call>[a-z_]+)|(?<source>setting|login|derived|path):(?<name>[a-z][a-z0-9_]*)|map:(?<map>[a-z][a-z0-9_]*):(?<by>first|second|dial_as))(?<optional>\?)?(?:\|(?<as>number|boolean))?$/;

/** What stands in braces is no placeholder, or a brace stands alone. */
export class BadPlaceholder extends Error {
  override readonly name = 'BadPlaceholder';
}

/**
 * Takes a text apart. Neighbouring literal characters are one part.
 * @throws BadPlaceholder
 */
export function parseText(text: string): readonly Part[] {
  const parts: Part[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if ((char === '{' || char === '}') && text.charAt(at + 1) === char) {
      literal += char;
      at++;
    } else if (char === '}') {
      throw new BadPlaceholder('has a } without its {; write }} for the character itself');
    } else if (char === '{') {
      const end = text.indexOf('}', at);
      if (end === -1) throw new BadPlaceholder('has a { without its }; write {{ for the character itself');
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(parsePlaceholder(text.slice(at + 1, end)));
      at = end;
    } else literal += char;
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

function parsePlaceholder(inner: string): Placeholder {
  const groups = FORM.exec(inner)?.groups;
  const wrong = new BadPlaceholder(
    `has {${inner.slice(0, 60)}}, which is no placeholder; there are {${CALL_VALUES.join('}, {')}}, {token}, ` +
      '{setting:name}, {map:name:first}, {login:name}, {derived:name}, {path:name}',
  );
  if (groups === undefined) throw wrong;
  const { call, source, name = '', map, by, optional, as } = groups;
  const how = { optional: optional !== undefined, as: (as ?? 'text') as Placeholder['as'] };
  if (map !== undefined) return { source: 'map', name: map, by: by as 'first', ...how };
  if (source !== undefined) return { source: source as 'setting', name, ...how };
  if (call === 'token') return { source: 'login', name: 'token', ...how };
  if (call === undefined || !CALL_VALUES.includes(call)) throw wrong;
  return { source: 'call', name: call, ...how };
}

/** The placeholders of a text. @throws BadPlaceholder */
export function placeholdersOf(text: string): readonly Placeholder[] {
  return parseText(text).filter((part) => typeof part !== 'string');
}
