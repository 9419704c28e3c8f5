import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.ts';

describe('a line of CSV', () => {
  it('keeps what a cell holds, whatever it is', () => {
    expect(csvLine(['a', 'b,c', 'say "hi"', 'two\r\nlines', '', null, 0, -1.5])).toBe(
      'a,"b,c","say ""hi""","two\r\nlines",,,0,-1.5\r\n',
    );
  });

  it.each(['=1+1', '+15551234567', '-2', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
    'makes a text of %j, which a spreadsheet would take for a formula',
    (text) => {
      expect(csvLine([text])).toMatch(/^"?'/);
    },
  );
});
