import { Click2CallElement } from './element.ts';

// A page may load it twice.
if (customElements.get('click-2-call') === undefined)
  customElements.define('click-2-call', Click2CallElement);
