import { describe, expect, it } from 'vitest';
import { ReplyBook } from './reply-book.ts';

const fault = (reason: string) => new Error(reason);

describe('ReplyBook', () => {
  it('gives each reply to the request that it names, in whatever order they come', async () => {
    const book = new ReplyBook<string>(10_000);
    const first = book.wait('1', fault);
    const second = book.wait('2', fault);
    book.answer('2', 'two');
    book.answer('3', 'of nobody');
    book.answer('1', 'one');
    expect(await Promise.all([first, second])).toEqual(['one', 'two']);
    expect(book.size).toBe(0);
  });

  it('ends everything that waits, with the reason', async () => {
    const book = new ReplyBook<string>(10_000);
    const ended = Promise.allSettled([book.wait('1', fault), book.wait('2', fault)]);
    book.end('The link was cut.');
    expect((await ended).map((each) => each.status === 'rejected' && String(each.reason))).toEqual([
      'Error: The link was cut.',
      'Error: The link was cut.',
    ]);
    expect(book.size).toBe(0);
  });

  it('waits no longer than it was told', async () => {
    const book = new ReplyBook<string>(50);
    await expect(book.wait('1', fault)).rejects.toThrow('No reply within 0.05 s.');
    expect(book.size).toBe(0);
  });
});
