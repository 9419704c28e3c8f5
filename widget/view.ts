import css from './widget.css?inline';

/** The parts of the element, each to be styled from outside as `::part(…)` by the name that it has here. */
export interface View {
  readonly form: HTMLFormElement;
  readonly phone: HTMLInputElement;
  readonly number: HTMLInputElement;
  readonly button: HTMLButtonElement;
  readonly label: HTMLSlotElement;
  readonly hangup: HTMLButtonElement;
  readonly status: HTMLElement;
}

const PHONE =
  'M6.6 10.8a15.1 15.1 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1 11.4 11.4 0 0 0 .57 3.6 1 1 0 0 1-.25 1z';
const SVG = 'http://www.w3.org/2000/svg';

/** No policy of a page forbids a sheet that is made this way, and none of it leaks out. */
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** Puts the parts into a shadow root, by the DOM alone: a page may forbid HTML that is made of text (Trusted Types). */
export function createView(root: ShadowRoot): View {
  root.adoptedStyleSheets = [sheet];
  const label = make('slot');
  const button = make('button', { type: 'submit' }, icon(), label);
  const hangup = make('button', { type: 'button', hidden: true });
  const phone = field();
  const number = field();
  const form = make('form', { noValidate: true }, phone.parentElement, number.parentElement, button, hangup);
  const status = make('p', { role: 'status' });
  const parts = { form, phone, number, button, hangup, status };
  for (const [name, part] of Object.entries(parts)) part.part.add(name);
  root.append(form, status);
  return { ...parts, label };
}

function field(): HTMLInputElement {
  const input = make('input', { type: 'tel', autocomplete: 'tel' });
  make('label', { hidden: true }, make('span'), input);
  return input;
}

function icon(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PHONE);
  svg.append(path);
  return svg;
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: readonly (Node | null)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}
