import type { Call } from '../contract/v3/call.ts';

const ENGLISH = {
  call: 'Call',
  phone: 'Your phone number',
  number: 'Number to call',
  calling: 'Calling…',
  yours: 'Your phone is ringing. Answer it to be connected.',
  theirs: 'The other phone is ringing…',
  connected: 'Connected',
  hangup: 'Hang up',
  answered: 'Call ended',
  busy: 'Busy',
  declined: 'The call was declined',
  no_answer: 'No answer',
  unavailable: 'Not reachable',
  cancelled: 'Hung up',
  failed: 'The call did not go through',
  unknown: 'The call is on its way; nothing more is known of it',
  empty: 'Enter a phone number.',
  later: 'Too many calls just now. Try again in a moment.',
  refused: 'This number can not be called from here.',
  phonehangup: 'Hang up on your phone, please.',
};
type Texts = typeof ENGLISH;
export type Word = keyof Texts;

const LANGUAGES: Readonly<Record<string, Texts>> = {
  en: ENGLISH,
  de: {
    call: 'Anrufen',
    phone: 'Ihre Telefonnummer',
    number: 'Gewünschte Nummer',
    calling: 'Anruf läuft…',
    yours: 'Ihr Telefon klingelt. Nehmen Sie ab, um verbunden zu werden.',
    theirs: 'Das andere Telefon klingelt…',
    connected: 'Verbunden',
    hangup: 'Auflegen',
    answered: 'Gespräch beendet',
    busy: 'Besetzt',
    declined: 'Der Anruf wurde abgelehnt',
    no_answer: 'Keine Antwort',
    unavailable: 'Nicht erreichbar',
    cancelled: 'Aufgelegt',
    failed: 'Der Anruf kam nicht zustande',
    unknown: 'Der Anruf ist unterwegs; mehr ist nicht bekannt',
    empty: 'Geben Sie eine Telefonnummer ein.',
    later: 'Gerade sind es zu viele Anrufe. Versuchen Sie es gleich noch einmal.',
    refused: 'Diese Nummer kann von hier nicht angerufen werden.',
    phonehangup: 'Bitte legen Sie am Telefon auf.',
  },
};

/** Reads a text for the element: its own `text-…` attribute, or else that of its language, or else English. */
export function textOf(element: Element, word: Word): string {
  const own = element.getAttribute(`text-${word.replace('_', '-')}`);
  const lang = element.closest('[lang]')?.getAttribute('lang') ?? '';
  return own ?? (LANGUAGES[lang.slice(0, 2).toLowerCase()] ?? ENGLISH)[word];
}

/**
 * What a call's state is to the visitor.
 * @param isSecond the phone of whoever looks at the page is the second one: they are called back
 */
export function wordOf({ state, disposition }: Call, isSecond: boolean): Word {
  if (state === 'ringing_first') return isSecond ? 'theirs' : 'yours';
  if (state === 'answered_first' || state === 'ringing_second') return isSecond ? 'yours' : 'theirs';
  if (state === 'connected' || state === 'unknown') return state;
  if (state !== 'ended') return 'calling';
  return disposition === null || disposition === 'congestion' ? 'failed' : disposition;
}
