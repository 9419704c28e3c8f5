import { useMutation } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Stethoscope, TriangleAlert } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Finding } from '../../../contract/v3/pbxs.ts';
import { askLines } from '../../api/client.ts';
import { wordsOf } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/page.tsx';
import './examination.css';

/**
 * Looks at a PBX and shows each finding as it is found, with what to do about it.
 * @param occasion examined again whenever it changes; 0: only when somebody asks
 */
export function ExaminationPanel({ id, occasion }: { readonly id: string; readonly occasion: number }) {
  const [extension, setExtension] = useState('');
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const examine = useMutation({
    mutationFn: async (looked: string) => {
      setFindings([]);
      const body = looked === '' ? {} : { extension: looked };
      for await (const finding of askLines<Finding>('POST', `/v3/pbxs/${id}/examine`, { body }))
        setFindings((before) => [...before, finding]);
    },
  });
  const begin = useEffectEvent(() => examine.mutate(extension.trim()));
  useEffect(() => {
    if (occasion > 0) begin();
  }, [occasion]);
  return (
    <Panel
      title="Examination"
      acts={
        <Button size="small" isPending={examine.isPending} onPress={() => examine.mutate(extension.trim())}>
          <Stethoscope aria-hidden /> Examine
        </Button>
      }
    >
      <div className="examine-extension">
        <TextField
          label="An extension to look at too"
          help="Logs in and looks. Nobody is rung."
          value={extension}
          onChange={setExtension}
          placeholder="101"
          inputMode="tel"
          autoComplete="off"
          isRequired={false}
          mono
        />
      </div>
      {examine.error !== null && <Notice tone="bad" {...wordsOf(examine.error)} />}
      <ol className="findings" aria-label="Findings" aria-live="polite">
        {findings.map((finding, place) => (
          <FindingRow key={`${place} ${finding.check}`} finding={finding} />
        ))}
      </ol>
      {examine.isPending && <Loading />}
      {examine.isSuccess && <Outcome findings={findings} />}
    </Panel>
  );
}

const LEVELS = {
  ok: { icon: CircleCheck, word: 'Good' },
  warning: { icon: TriangleAlert, word: 'Warning' },
  error: { icon: CircleAlert, word: 'Wrong' },
} as const;

function FindingRow({ finding: { check, level, says, remedy } }: { readonly finding: Finding }) {
  const { icon: Icon, word } = LEVELS[level];
  return (
    <li className={`finding finding-${level}`}>
      <Icon size={18} aria-hidden />
      <div className="finding-words">
        <p>
          <span className="unseen">{word}: </span>
          {says}
        </p>
        {remedy !== null && <p className="finding-remedy">{remedy}</p>}
      </div>
      <span className="mono small muted">{check}</span>
    </li>
  );
}

function Outcome({ findings }: { readonly findings: readonly Finding[] }) {
  const wrong = findings.filter(({ level }) => level === 'error').length;
  if (wrong > 0)
    return (
      <Notice
        tone="bad"
        says="It can not be used like this."
        remedy="Do what stands beside what is wrong, and examine it again."
      />
    );
  const warned = findings.some(({ level }) => level === 'warning');
  return (
    <Notice
      tone="good"
      says="It can be used."
      {...(warned ? { remedy: 'What stands under a warning is worth a look.' } : {})}
    />
  );
}
