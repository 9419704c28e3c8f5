import { Validator } from '@seriousme/openapi-schema-validator';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '../v3/routes.ts';
import { describeApi } from './describe-api.ts';

const description = describeApi();
const text = `${JSON.stringify(description, null, 2)}\n`;
const root = join(import.meta.dirname, '../../..');

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}
const operations = Object.entries(description['paths'] as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('openapi.json', () => {
  // `npm run openapi` writes it.
  it('is what the code says', async () => {
    await expect(text).toMatchFileSnapshot(join(root, 'openapi.json'));
  });

  it('is OpenAPI 3.1', async () => {
    const result = await new Validator().validate(JSON.parse(text));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('refers to nothing that is not there, and has nothing that nobody refers to', () => {
    const names = Object.keys((description['components'] as { schemas: object }).schemas);
    const used = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]);
    expect(new Set(used)).toEqual(new Set(names));
  });

  it('gives every operation a name of its own, and describes each part of its path', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      const inPath = (operation.parameters ?? [])
        .filter((each) => each.in === 'path')
        .map(({ name }) => name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    }
  });

  it('has each route of /v3, and no other', () => {
    const described = operations.filter(({ path }) => path.startsWith('/v3/'));
    expect(described.map(({ method, path }) => `${method.toUpperCase()} ${path}`).toSorted()).toEqual(
      ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
  });
});
