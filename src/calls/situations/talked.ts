import type { EndedBy } from '../../../contract/call-words.ts';
import type { Told } from '../diagnosis.ts';
import type { Leg } from '../life.ts';
import { seconds, SEE_PBX_CALLS, type Situation } from './situation.ts';

const BRIEF_MICROS = 5_000_000;

/** Whether a leg that had answered was ended for want of sound. Q.850 44 is what Asterisk gives a channel of which no RTP came for too long (res_pjsip_sdp_rtp.c, rtp_check_timeout). */
export function isSoundless({ answeredAt, cause }: Leg): boolean {
  return answeredAt !== undefined && (cause?.q850 === 44 || /MEDIA_TIMEOUT/.test(cause?.text ?? ''));
}

export const CHECK_SOUND =
  'Check that RTP gets from both phones to the PBX: NAT, firewall, and the ports in rtp.conf.';

/** Both were connected. A PBX does not tell a person from a machine, so "talked" would say too much. */
export const talked: readonly Situation[] = [
  {
    code: 'answered_end_not_heard',
    when: 'Both were connected; then the link to the PBX or this service was away, and the end was not heard.',
    fault: 'network',
    fits: ({ life }) =>
      life.disposition === 'answered' && (life.isFound === true || life.endedAt === undefined),
    says: ({ first, second }) => `${first} and ${second} were connected; until when was not heard.`,
    remedy: () => SEE_PBX_CALLS,
  },
  {
    code: 'answered_audio_lost',
    when: 'Both were connected, and the PBX ended the call since no sound reached it from one side.',
    fault: 'network',
    fits: ({ life }) => life.disposition === 'answered' && life.legs.some(isSoundless),
    says: (told) => `${connected(told)}, until no more sound came from one of them and the PBX ended it.`,
    remedy: () => CHECK_SOUND,
  },
  {
    code: 'answered_briefly',
    when: 'Both were connected for less than 5 s.',
    fault: 'nobody',
    fits: ({ life }) =>
      life.disposition === 'answered' && (life.endedAt ?? 0) - (life.connectedAt ?? 0) < BRIEF_MICROS,
    says: (told) => `${connected(told)}${ending(told)}.`,
    remedy: () =>
      'Nothing need be wrong. If they did not hear each other, check NAT and codecs of the two phones; if a voicemail took the call, know that a PBX does not tell it from a person.',
  },
  {
    code: 'answered',
    when: 'Both were connected.',
    fault: 'nobody',
    fits: ({ life }) => life.disposition === 'answered',
    says: (told) => `${connected(told)}${ending(told)}.`,
    remedy: () => '',
  },
];

function connected({ life, first, second }: Told): string {
  return `${first} and ${second} were connected for ${seconds(life.connectedAt ?? 0, life.endedAt ?? 0)}`;
}

function ending({ life, first, second }: Told): string {
  const who: Readonly<Record<EndedBy, string>> = {
    first: `; then ${first} hung up`,
    second: `; then ${second} hung up`,
    api: '; then the call was ended on request',
    pbx: '; then the PBX ended the call',
    unknown: '',
  };
  return who[life.endedBy ?? 'unknown'];
}
