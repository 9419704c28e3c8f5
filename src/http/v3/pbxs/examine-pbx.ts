import type { EXAMINE_PBX, Examination } from '../../../../contract/v3/pbxs.ts';
import type { Finding } from '../../../pbx/contract.ts';
import { pbxToUse } from '../../../switchboard/pbx-to-use.ts';
import { asProblem } from '../problem-of-pbx.ts';
import type { Handler } from '../route.ts';
import { pbxOf } from './pbx-of.ts';
import { streamFindings } from './stream-findings.ts';

export const examinePbx: Handler<typeof EXAMINE_PBX> = async (ask, deps) => {
  const pbx = await pbxOf(ask, deps);
  const found = deps.sessions.examine(pbxToUse(deps.directory, pbx), ask.body.extension);
  if (/\bapplication\/x-ndjson\b/.test(ask.header('Accept') ?? ''))
    return streamFindings(found, presentFinding);
  const findings = await Array.fromAsync(found).catch(asProblem());
  const body: Examination = { level: worstOf(findings), findings: findings.map(presentFinding) };
  return { status: 200, body };
};

function worstOf(findings: readonly Finding[]): Finding['level'] {
  const levels = new Set(findings.map(({ level }) => level));
  return (['error', 'warning'] as const).find((level) => levels.has(level)) ?? 'ok';
}

function presentFinding({ check, level, says, remedy }: Finding): Examination['findings'][number] {
  return { check, level, says, remedy: remedy ?? null };
}
