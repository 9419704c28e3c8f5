import { expect, test } from 'vitest';
import { SITUATION_GROUPS } from './situations/all.ts';
import type { Situation } from './situations/situation.ts';
import { DIAGNOSIS_CASES } from './test-diagnoses.ts';

test('docs/diagnoses.md has every situation as the table has it', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/diagnoses.md');
});

const HEAD = `# What became of a call

A call that is over has a diagnosis: one sentence that says what happened, one that says what to do, and who can put it
right (\`fault\`). The \`code\` is stable; sentences may get better. The examples are of a call from 101 to 102 on the PBX main.

What a PBX does not tell is not guessed:

- A voicemail or an announcement that answers is told as an answer. A PBX does not tell it from a person.
- A phone that answers by itself (\`auto_answer\`) is told as one that was picked up.
- A PBX that was restarted and a link that was lost look the same from here, unless the link is back before the call is over.
- Whose network lost the sound of a talk is not told; that no sound came is, where the PBX looks for it.
- A phone that answers and whose answer the dialplan does not let through (\`Dial\` with \`U\`) is told as the dialplan tells it, as one that was not answered.
- A forward that the dialplan does not follow is told as a busy phone where the PBX says no more than that.

Every situation has been brought about in a test, by a call on a real Asterisk or on a PBX in the box, on one side at least, but three: \`request_failed\` is for errors to come, as
each of today has a situation of its own; \`service_fault\` needs a fault in a driver that nobody has found; and for \`second_answered_not_connected\` the second
side would have to leave between its answer and the bridge, which an Asterisk makes of it even where the dialplan answers and hangs up at once.`;

function page(): string {
  const groups = SITUATION_GROUPS.map(([name, situations]) =>
    [
      `## ${name}`,
      '',
      '| Code | When | It says | What to do | Fault |',
      '|---|---|---|---|---|',
      ...rows(situations),
    ].join('\n'),
  );
  return `${[HEAD, ...groups].join('\n\n')}\n`;
}

/** One row for what may happen on either side. */
function rows(situations: readonly Situation[]): string[] {
  const whens = [...new Set(situations.map(({ when }) => when))];
  return whens.map((when) => {
    const same = situations.filter((each) => each.when === when);
    const codes = same.map(({ code }) => code);
    const example = DIAGNOSIS_CASES.find(({ code }) => codes.includes(code));
    const faults = [...new Set(same.map(({ fault }) => fault))];
    const cells = [words(codes), when, example?.says ?? '', example?.remedy ?? '', words(faults)];
    return `| ${cells.join(' | ')} |`;
  });
}

function words(all: readonly string[]): string {
  return all.map((word) => `\`${word}\``).join(', ');
}
