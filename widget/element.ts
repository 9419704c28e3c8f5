import type { Call } from '../contract/v3/call.ts';
import { follow, isOver } from './follow.ts';
import { Refused, Server, type Order } from './server.ts';
import { createView, type View } from './view.ts';
import { textOf, wordOf, type Word } from './words.ts';

/** What is told to the page as the event `click-2-call`, and stands on the element as its attribute `state`. */
export type WidgetState = 'idle' | 'calling' | 'ringing' | 'connected' | 'ended' | 'error';

/** Further parameters of a call, by the attributes that give them. */
const EXTRAS = { as: 'dial_as', pbx: 'pbx', reference: 'reference' } as const;
const BUSY: readonly WidgetState[] = ['calling', 'ringing', 'connected'];

/**
 * `<click-2-call number="…" key="c2c_pub_…">`: a button that makes a call and says how it stands. Whichever of the two
 * numbers, `from` and `number`, is not given is asked for.
 */
export class Click2CallElement extends HTMLElement {
  static readonly observedAttributes = ['number', 'from', 'label', 'lang'];
  readonly #view: View;
  #state: WidgetState = 'idle';
  #call: Call | undefined;
  #order: Order | undefined;
  #stop = new AbortController();
  #mayHangUp = true;

  constructor() {
    super();
    this.#view = createView(this.attachShadow({ mode: 'open' }));
    const { form, hangup } = this.#view;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#press();
    });
    hangup.addEventListener('click', () => void this.#hangUp());
    form.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.#ask(false);
    });
  }

  connectedCallback(): void {
    this.#draw();
    // It was moved within its page while a call goes on.
    if (this.#call !== undefined) void this.#follow(this.#call);
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  attributeChangedCallback(): void {
    this.#draw();
  }

  get #server(): Server {
    const url = this.getAttribute('server') ?? new URL(import.meta.url).origin;
    // React keeps `key` for itself.
    return new Server(url.replace(/\/$/, ''), this.getAttribute('key') ?? this.getAttribute('api-key') ?? '');
  }

  /** Whoever looks at the page is called back: their phone is the second one. */
  get #isSecond(): boolean {
    return this.hasAttribute('from') && !this.hasAttribute('number');
  }

  #text(word: Word): string {
    return textOf(this, word);
  }

  #draw(): void {
    const { phone, number, label, hangup } = this.#view;
    const to = this.getAttribute('number');
    label.textContent = this.getAttribute('label') ?? `${this.#text('call')} ${to ?? ''}`.trim();
    hangup.textContent = this.#text('hangup');
    for (const [input, word] of [
      [phone, 'phone'],
      [number, this.#isSecond ? 'phone' : 'number'],
    ] as const) {
      const caption = input.previousElementSibling;
      if (caption !== null) caption.textContent = this.#text(word);
    }
  }

  /** Shows the fields for what is not given, or hides them. @returns the first that is empty */
  #ask(isOpen: boolean): HTMLInputElement | undefined {
    const { phone, number, button } = this.#view;
    const missing = [
      ...(this.hasAttribute('from') ? [] : [phone]),
      ...(this.hasAttribute('number') ? [] : [number]),
    ];
    const hasFocus = [phone, number].some((input) => input.matches(':focus'));
    for (const input of [phone, number])
      if (input.parentElement !== null) input.parentElement.hidden = !isOpen || !missing.includes(input);
    if (!isOpen && hasFocus) button.focus();
    return missing.find((input) => input.value.trim() === '');
  }

  async #press(): Promise<void> {
    if (BUSY.includes(this.#state)) return;
    const { phone, number } = this.#view;
    const wasOpen = phone.checkVisibility() || number.checkVisibility();
    const empty = this.#ask(true);
    for (const input of [phone, number]) input.ariaInvalid = wasOpen && input === empty ? 'true' : null;
    if (empty === undefined) return this.#place();
    this.#show('idle', wasOpen ? this.#text('empty') : '');
    empty.focus();
  }

  async #place(): Promise<void> {
    const { phone, number } = this.#view;
    const body: Record<string, string> = {
      dial_first: this.getAttribute('from') ?? phone.value,
      dial_second: this.getAttribute('number') ?? number.value,
    };
    for (const [attribute, name] of Object.entries(EXTRAS)) {
      const value = this.getAttribute(attribute);
      if (value !== null) body[name] = value;
    }
    // The same order again, since nobody knows what became of it: it rings once.
    const isAgain = JSON.stringify(this.#order?.body) === JSON.stringify(body);
    const order = isAgain && this.#order !== undefined ? this.#order : { body, id: newId() };
    this.#order = order;
    this.#mayHangUp = true;
    this.#show('calling', this.#text('calling'));
    try {
      const call = await this.#server.place(order);
      this.#order = undefined;
      await this.#follow(call);
    } catch (error) {
      if (error instanceof Refused && error.problem !== undefined) this.#order = undefined;
      this.#fail(error);
    }
  }

  async #follow(call: Call): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#tell(call);
    try {
      await follow(this.#server, call, this.#stop.signal, (next) => this.#tell(next));
    } catch (error) {
      this.#call = undefined;
      this.#fail(error);
    }
  }

  #tell(call: Call): void {
    this.#call = isOver(call) ? undefined : call;
    this.#show(stateOf(call), this.#text(wordOf(call, this.#isSecond)), call);
  }

  #fail(error: unknown): void {
    const { code = '' } = error instanceof Refused ? (error.problem ?? {}) : {};
    const isRefused = code === 'key_limit' || code === 'policy_refused';
    const says = error instanceof Error ? error.message : String(error);
    const words = isRefused
      ? this.#text('refused')
      : code.startsWith('too_many')
        ? this.#text('later')
        : says;
    this.#show('error', words, undefined, says);
  }

  async #hangUp(): Promise<void> {
    const { hangup } = this.#view;
    if (this.#call === undefined || hangup.ariaDisabled === 'true') return;
    hangup.ariaDisabled = 'true';
    try {
      await this.#server.hangUp(this.#call.id);
    } catch {
      // The key may not, or the PBX can't.
      this.#mayHangUp = false;
      this.#view.button.focus();
      this.#show(this.#state, this.#text('phonehangup'), this.#call);
    } finally {
      hangup.ariaDisabled = null;
    }
  }

  #show(state: WidgetState, says: string, call?: Call, problem?: string): void {
    const { button, hangup, status } = this.#view;
    const isBusy = BUSY.includes(state);
    this.#state = state;
    this.setAttribute('state', state);
    if (isBusy) this.#ask(false);
    // It keeps the focus, so it is not really disabled.
    button.ariaDisabled = isBusy ? 'true' : null;
    if (!isBusy && hangup.matches(':focus')) button.focus();
    hangup.hidden = this.#call === undefined || !this.#mayHangUp;
    if (status.textContent !== says) status.textContent = says;
    const detail = { state, says, call: call ?? null, problem: problem ?? null };
    this.dispatchEvent(new CustomEvent('click-2-call', { detail, bubbles: true, composed: true }));
  }
}

function stateOf(call: Call): WidgetState {
  if (isOver(call)) return 'ended';
  if (call.state === 'connected') return 'connected';
  return call.state === 'originating' ? 'calling' : 'ringing';
}

/** Pages without TLS have chance, and no UUIDs. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
