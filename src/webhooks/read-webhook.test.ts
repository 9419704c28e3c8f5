import { describe, expect, it } from 'vitest';
import { readWebhook, WebhookError, type WebhookInput } from './read-webhook.ts';

const RIGHT: WebhookInput = { url: 'https://crm.example.net/hooks', types: undefined, label: '' };

function problems(change: Partial<WebhookInput>): readonly string[] {
  try {
    readWebhook({ ...RIGHT, ...change });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(WebhookError);
    return (error as WebhookError).problems.map(({ field, says }) => `${field}: ${says}`);
  }
}

describe('readWebhook', () => {
  it('takes http and https, some types or all', () => {
    expect(readWebhook({ ...RIGHT, url: 'HTTP://CRM.example.net:8080', label: 'CRM ☎' })).toEqual({
      url: 'http://crm.example.net:8080/',
      types: undefined,
      label: 'CRM ☎',
    });
    const types = ['call.ended', 'call.accepted', 'call.ended'];
    expect(readWebhook({ ...RIGHT, types }).types).toEqual(['call.accepted', 'call.ended']);
  });

  it.each<[Partial<WebhookInput>, RegExp]>([
    [{ url: 'crm.example.net' }, /^url: .*https:\/\//],
    [{ url: 'ftp://x/' }, /^url: .*https:\/\//],
    [{ url: 'https://u:hush@x/' }, /^url: .*signed/],
    [{ url: 'https://x/#top' }, /^url: .*fragment/],
    [{ url: `https://x/${'y'.repeat(3_000)}` }, /^url: .*2048/],
    [{ types: [] }, /^types: .*leave it out/],
    [{ types: ['call.endet'] }, /^types: .*did you mean call\.ended\?/],
    [{ types: ['anything'] }, /^types: .*there are call\.accepted/],
    [{ label: 'x'.repeat(81) }, /^label: .*80/],
    [{ label: 'a\nb' }, /^label: .*80/],
  ])('refuses %j, and says what would be right', (change, says) => {
    expect(problems(change)).toEqual([expect.stringMatching(says)]);
  });

  it('names everything that is wrong at once, and repeats no secret', () => {
    const all = problems({ url: 'https://u:hush@x/', types: ['x'], label: '\0' });
    expect(all).toHaveLength(3);
    expect(all.join()).not.toContain('hush');
  });
});
