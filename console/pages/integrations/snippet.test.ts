import { describe, expect, it } from 'vitest';
import { keyFor, snippetOf } from './snippet.ts';

const ASKED = { key: '', from: '', number: '102', label: 'Call us' };

describe('the snippet for a web page', () => {
  it('has what was given, and a place for the key', () => {
    expect(snippetOf('https://c2c.example', ASKED)).toBe(
      '<script type="module" src="https://c2c.example/widget/v1.js"></script>\n' +
        '<click-2-call number="102" key="c2c_pub_…">Call us</click-2-call>',
    );
  });

  it('is not broken out of by what was typed', () => {
    const typed = { ...ASKED, number: '1"><script>', label: '</click-2-call><b>' };
    expect(snippetOf('https://c2c.example', typed).split('\n')[1]).toBe(
      '<click-2-call number="1&#34;&#62;&#60;script&#62;" key="c2c_pub_…">&#60;/click-2-call&#62;&#60;b&#62;</click-2-call>',
    );
  });
});

describe('the key for a web page', () => {
  it('can do what the button does, on its pages and here', () => {
    expect(keyFor(ASKED, 'https://www.example.net', '5', 'https://c2c.example')).toEqual({
      kind: 'publishable',
      label: 'Web page',
      allow_origin: ['https://www.example.net', 'https://c2c.example'],
      allow_to: ['102'],
      per_minute: 5,
      at_once: 5,
    });
  });

  it('is not without the limit that was mistyped: the answer says what is wrong', () => {
    expect(keyFor(ASKED, '', 'five', 'https://c2c.example')).toMatchObject({ per_minute: 'five' });
  });

  it('is not made for the console alone: the answer says what is missing', () => {
    expect(keyFor(ASKED, ' ', '', 'https://c2c.example')).not.toHaveProperty('allow_origin');
  });
});
