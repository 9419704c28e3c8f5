/** The same call in the forms in which programs make one, with a key in each. */
export interface WayToCall {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

export function waysToCall(origin: string, key: string, first = '101', second = '102'): readonly WayToCall[] {
  const query = new URLSearchParams({ dial_first: first, dial_second: second, api_key: key }).toString();
  const link = `${origin}/c2c/v2?${query}`;
  const body = JSON.stringify({ dial_first: first, dial_second: second });
  return [
    { id: 'link', label: 'Link', text: link },
    {
      id: 'curl',
      label: 'curl',
      text: [
        `curl -X POST ${origin}/v3/calls \\`,
        `  -H 'Authorization: Bearer ${key}' \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d '${body}'`,
      ].join('\n'),
    },
    {
      id: 'fetch',
      label: 'fetch',
      text: [
        `const response = await fetch('${origin}/v3/calls', {`,
        `  method: 'POST',`,
        `  headers: {`,
        `    Authorization: 'Bearer ${key}',`,
        `    'Content-Type': 'application/json',`,
        `  },`,
        `  body: JSON.stringify({ dial_first: '${first}', dial_second: '${second}' }),`,
        `});`,
        `const call = await response.json();`,
      ].join('\n'),
    },
  ];
}
