import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Explanation } from '../../../contract/v3/explanation.ts';
import { explanationQuery } from '../../api/queries.ts';
import { wordsOf } from '../../api/problem.ts';
import { Code } from '../../ui/code.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { askOf, type Dialled } from './dialled.ts';

const TYPING_MS = 400;

/** What `explain` says of what was typed, when the typing pauses. Nobody's phone rings for it. */
export function ExplanationPanel({ dialled }: { readonly dialled: Dialled }) {
  const settled = useDebounced(dialled, TYPING_MS);
  const isWhole = settled.first.trim() !== '' && settled.second.trim() !== '';
  const { data, error, isFetching } = useQuery({
    ...explanationQuery(askOf(settled)),
    enabled: isWhole,
    placeholderData: keepPreviousData,
  });
  if (!isWhole)
    return (
      <p className="muted">
        Give both numbers, and this says what the PBX would make of them. Nobody is rung.
      </p>
    );
  if (error !== null) return <Notice tone="warn" {...wordsOf(error)} />;
  if (data === undefined) return <Loading />;
  return (
    <div className={isFetching ? 'explained explained-old' : 'explained'}>
      <Verdict explanation={data} />
      <Facts facts={factsOf(data)} />
      {data.order !== null && (
        <details className="fold">
          <summary>The order, as it would be sent</summary>
          <Code label="The order" text={data.order} />
        </details>
      )}
    </div>
  );
}

const VERDICTS = {
  ready: { tone: 'good', says: 'Nothing speaks against it.' },
  refused: { tone: 'warn', says: 'It would be refused, and no phone would ring.' },
  failed: { tone: 'bad', says: 'The PBX would not make this call.' },
  untold: { tone: 'note', says: 'This kind of PBX can not be asked beforehand.' },
} as const;

function Verdict({ explanation: { verdict, reasons } }: { readonly explanation: Explanation }) {
  const { tone, says } = VERDICTS[verdict];
  return (
    <Notice tone={tone} says={says}>
      {reasons.map(({ detail, pbx_message: pbx, remedy }) => (
        <p key={detail}>
          {[detail, pbx, remedy]
            .filter((words, index, all) => words !== null && all.indexOf(words) === index)
            .join(' ')}
        </p>
      ))}
    </Notice>
  );
}

const PHONES: Readonly<Record<NonNullable<Explanation['first_phone']>, string>> = {
  registered: 'can be rung',
  in_use: 'is in use',
  unregistered: 'is not registered',
  no_such_phone: 'does not exist',
  unknown: 'not known',
};

function factsOf(said: Explanation): readonly (readonly [string, string | null])[] {
  return [
    [
      'First phone',
      numberWords(said.dial_first, said.first_phone === null ? null : PHONES[said.first_phone]),
    ],
    ['It shows', said.first_shows],
    [
      'Second number',
      numberWords(
        said.dial_second,
        said.second_exists === null ? null : said.second_exists ? 'can be dialled' : 'can not be dialled',
      ),
    ],
    ['Read as', readWords(said.dial_second)],
    ['Dial policy', said.dial_second?.policy?.detail ?? null],
    ['It sees', said.second_shows],
    ['Rights', rightsWords(said)],
    ['Each rings for', said.timeout === null ? null : `${said.timeout} s`],
    ['PBX', said.pbx?.name ?? null],
  ];
}

function numberWords(reading: Explanation['dial_first'], says: string | null): string | null {
  if (reading === null) return null;
  const number = reading.dialled ?? reading.typed;
  return says === null ? number : `${number} ${says}`;
}

/** What a number outside is, as its country's plan has it. */
function readWords(reading: Explanation['dial_second']): string | null {
  const read = reading?.read_as ?? null;
  if (read === null || read.e164 === null) return null;
  return [read.e164, read.country, read.type.replaceAll('_', ' ')].filter((word) => word !== null).join(', ');
}

function rightsWords({ rights }: Explanation): string | null {
  if (rights === null || rights.dial_as === null) return null;
  return rights.context === null ? `of ${rights.dial_as}` : `of ${rights.dial_as}: ${rights.context}`;
}
