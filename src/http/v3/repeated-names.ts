const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]/gs;

/** Names that an object of a JSON text has more than once: `JSON.parse` keeps the last of them and says nothing. */
export function repeatedNames(json: string): string[] {
  const repeated: string[] = [];
  const open: (Set<string> | undefined)[] = [];
  let text: string | undefined;
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && text !== undefined) {
      const names = open.at(-1);
      const name = JSON.parse(text) as string;
      if (names?.has(name) === true) repeated.push(name);
      names?.add(name);
    }
    text = token.startsWith('"') ? token : undefined;
  }
  return repeated;
}
