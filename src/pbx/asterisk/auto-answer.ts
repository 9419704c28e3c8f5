import type { AsteriskSettings } from './settings.ts';

const CALL_INFO = '<sip:click2call>;answer-after=0';
const ALERT_INFO = '<http://click2call>;info=alert-autoanswer;delay=0';

/** Headers that make the first phone pick up by itself, as variables in the way that its kind of channel takes them. */
export function autoAnswer(
  settings: Pick<AsteriskSettings, 'auto_answer' | 'auto_answer_by'>,
): readonly (readonly [name: string, value: string])[] {
  const wanted: (readonly [name: string, value: string])[] = [];
  if (settings.auto_answer === 'call-info' || settings.auto_answer === 'both')
    wanted.push(['Call-Info', CALL_INFO]);
  if (settings.auto_answer === 'alert-info' || settings.auto_answer === 'both')
    wanted.push(['Alert-Info', ALERT_INFO]);
  const via = {
    pjsip: (name: string) => `PJSIP_HEADER(add,${name})`,
    // One underscore: inherited once, to the phone of the first leg. With two the second phone's microphone opens too.
    freepbx: (name: string) => `HASH(_SIPHEADERS,${name})`,
  }[settings.auto_answer_by];
  return wanted.map(([name, value]) => [via(name), value]);
}
