import { describe, expect, it } from 'vitest';
import { startSandboxGateway } from '../gateway.ts';

const PAIR = { dial_first: '101', dial_second: '102' };

describe('the same click again within the window', () => {
  it('gets the first answer, rings nobody again, and is told so; also at the same instant', async () => {
    await using gateway = await startSandboxGateway();
    const clicks = [
      ...(await Promise.all([1, 2, 3].map(() => gateway.click(PAIR)))),
      await gateway.click(PAIR),
    ];
    expect(new Set(clicks.map((click) => click.response.request_id)).size).toBe(1);
    expect(clicks.filter((click) => click.response.repeated === true)).toHaveLength(3);
    expect(clicks.map((click) => click.response.status)).toEqual(Array.from({ length: 4 }, () => 'success'));
    expect(gateway.pbx.calls()).toHaveLength(1);

    const entries = await gateway.parts.store.journal.entriesOf(clicks[0]?.response.request_id ?? '');
    expect(entries.filter((entry) => entry.kind === 'repeat')).toHaveLength(3);
  });

  it('gets the failure of the first, too', async () => {
    await using gateway = await startSandboxGateway();
    const denied = { dial_first: '101', dial_second: '403' };
    const [first, second] = await Promise.all([gateway.click(denied), gateway.click(denied)]);
    expect(first.response.errors).toEqual(second.response.errors);
    expect(first.response.errors).toMatchObject([{ error: { pbx_message: 'Permission denied' } }]);
  });

  it('is the same by what is dialled, however the numbers were written', async () => {
    await using gateway = await startSandboxGateway();
    await gateway.click(PAIR);
    expect((await gateway.click({ dial_first: ' 10-1 ', dial_second: '(102)' })).response.repeated).toBe(
      true,
    );
  });

  it('rings again for another pair, for another key, and after the window', async () => {
    await using gateway = await startSandboxGateway({ C2C_REPEAT_WINDOW_MS: '200' });
    await gateway.click(PAIR);
    await gateway.click({ ...PAIR, dial_second: '103' });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await gateway.click(PAIR)).response.repeated).toBeUndefined();
    expect(gateway.pbx.calls()).toHaveLength(3);
  });

  it('does not hold for the answer to bad input: mended, the click rings at once', async () => {
    await using gateway = await startSandboxGateway();
    await gateway.click({ ...PAIR, timeout: '0' });
    expect((await gateway.click(PAIR)).response).toMatchObject({ status: 'success', errors: [] });
  });
});
