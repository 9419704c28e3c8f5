import { Code } from '../../ui/code.tsx';
import { readInline, readMarkdown, type Block } from './read-markdown.ts';
import './markdown.css';

/** One of our guides. Its text stays text, whatever is in it. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="prose">
      {readMarkdown(text).map((block, place) => (
        <Shown key={`${place} ${block.kind}`} block={block} />
      ))}
    </div>
  );
}

function Shown({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading':
      return block.level <= 2 ? <h3 className="prose-head">{block.text}</h3> : <h4>{block.text}</h4>;
    case 'paragraph':
      return (
        <p>
          <Line text={block.text} />
        </p>
      );
    case 'code':
      return <Code label={nameOf(block.text)} text={block.text} />;
    case 'list':
      return block.isOrdered ? (
        <ol className="prose-list">
          <Items items={block.items} />
        </ol>
      ) : (
        <ul className="prose-list">
          <Items items={block.items} />
        </ul>
      );
    case 'table':
      return <Rows head={block.head} rows={block.rows} />;
  }
}

/** The first line that says something. */
function nameOf(code: string): string {
  return code.split('\n').find((line) => /\w/.test(line)) ?? 'Code';
}

function Items({ items }: { readonly items: readonly string[] }) {
  return items.map((item) => (
    <li key={item}>
      <Line text={item} />
    </li>
  ));
}

function Rows({
  head,
  rows,
}: {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}) {
  return (
    <div className="prose-table">
      <table>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                <Line text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, place) => (
                <td key={head[place] ?? place}>
                  <Line text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ text }: { readonly text: string }) {
  return readInline(text).map((part, place) => {
    const key = `${place} ${part.kind}`;
    if (part.kind === 'code') return <code key={key}>{part.text}</code>;
    if (part.kind === 'strong')
      return (
        <strong key={key}>
          <Line text={part.text} />
        </strong>
      );
    // Links of a guide lead to files beside it, which are not here.
    return <span key={key}>{part.text}</span>;
  });
}
