import { describeApi } from '../openapi/describe-api.ts';
import type { DescribedApi, DescribedOperation, DescribedParameter } from './described.ts';
import { inlineHtml, pageHtml, proseHtml } from './html.ts';
import { escapeHtml } from '../page-safety.ts';
import { fieldsTable, rowsTable, typeHtml } from './schema-html.ts';

interface Placed {
  readonly path: string;
  readonly method: string;
  readonly operation: DescribedOperation;
}

/** Both APIs as a page to read, made of their description. */
export function apiPage(): string {
  const { info, paths, components } = describeApi() as unknown as DescribedApi;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const tags = [...new Set(operations.map(tagOf))];
  const schemas = Object.entries(components.schemas);
  return pageHtml(
    'Click-2-Call: the API',
    `<header><h1>Click-2-Call</h1>
${proseHtml(info.description)}
<p><a href="/openapi.json">openapi.json</a> · <a href="/docs/errors">Errors</a></p></header>
<nav><ul>
${[...tags, 'schemas'].map((tag) => `<li><a href="#${tag}">${tag}</a></li>`).join('\n')}
</ul></nav>
<main>
${tags
  .map((tag) =>
    section(
      tag,
      operations.filter((each) => tagOf(each) === tag),
    ),
  )
  .join('\n')}
<h2 id="schemas">schemas</h2>
${schemas.map(([name, schema]) => `<h3 id="${name}">${name}</h3>\n${fieldsTable(schema)}`).join('\n')}
</main>`,
  );
}

function tagOf({ operation }: Placed): string {
  return escapeHtml(operation.tags[0] ?? '');
}

function section(tag: string, operations: readonly Placed[]): string {
  return `<h2 id="${tag}">${tag}</h2>\n${operations.map(operationHtml).join('\n')}`;
}

function operationHtml({ path, method, operation }: Placed): string {
  const { operationId, summary, description = '', parameters = [], requestBody, responses } = operation;
  const answers = Object.entries(responses).map(([status, { description, content = {} }]) => {
    const bodies = Object.values(content).map(({ schema }) => typeHtml(schema));
    return `<tr><td><code>${status}</code></td><td>${bodies.join(' or ')}</td><td>${inlineHtml(description)}</td></tr>`;
  });
  return `<details id="${operationId}">
<summary><b>${method}</b> <code>${escapeHtml(path)}</code><span>${inlineHtml(summary)}</span></summary>
${proseHtml(description)}
${parametersHtml(parameters)}
${requestBody === undefined ? '' : bodyHtml(requestBody)}
<h3>Answers</h3>
<table>
${answers.join('\n')}
</table>
</details>`;
}

function parametersHtml(parameters: readonly DescribedParameter[]): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(({ name, in: where, required = false, description = '', schema }) => ({
    name,
    schema,
    isRequired: required,
    says: `${description} (${where})`.trim(),
  }));
  return `<h3>Parameters</h3>\n${rowsTable(rows)}`;
}

function bodyHtml({ content }: NonNullable<DescribedOperation['requestBody']>): string {
  const types = Object.keys(content).map(escapeHtml).join(' or ');
  const [body] = Object.values(content);
  return `<h3>Body <small>${types}</small></h3>\n${fieldsTable(body?.schema ?? {})}`;
}
