import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxGateway, type SandboxGateway } from '../gateway.ts';

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway({ C2C_REPEAT_WINDOW_MS: '0' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function errorOf(parameters: Readonly<Record<string, string>>) {
  const { response } = await gateway.click({ dial_first: '101', dial_second: '102', ...parameters });
  expect(response.status).toBe('fail');
  expect(response.errors).toHaveLength(1);
  return response.errors[0]?.error;
}

describe('an error of the PBX', () => {
  it.each([
    [{ dial_second: '99999' }, 'extension_unknown', 'Extension does not exist.'],
    [{ dial_second: '12125551234' }, 'extension_unknown', 'Extension does not exist.'],
    [{ dial_second: '403' }, 'pbx_permission_denied', 'Permission denied'],
    [{ dial_second: '444' }, 'pbx_in_doubt', 'The PBX closed the connection.'],
  ])('%j comes in its own words, with what to do', async (parameters, code, said) => {
    const error = await errorOf(parameters);
    expect(error).toMatchObject({ code, pbx_message: said });
    expect(error?.message).toBe(`${said}${said.endsWith('.') ? '' : '.'} ${error?.remedy}`);
    expect(error?.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    [{ dial_as: '999' }, 'dial_as_unknown', /no extension 999/],
    [{ dial_first: '12125551234', dial_second: '101' }, 'dial_as_unknown', /dial_as is missing/],
  ])('%j is our own finding, and is not put into its mouth', async (parameters, code, says) => {
    const error = await errorOf(parameters);
    expect(error).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(error).not.toHaveProperty('pbx_message');
  });

  it('a PBX that is not there is told in the words of the network', async () => {
    await gateway.addPbx('gone', { host: '127.0.0.1', port: '1', username: 'x', secret: 'y' });
    expect(await errorOf({ pbx: 'gone' })).toMatchObject({
      code: 'pbx_unreachable',
      pbx_message: 'connect ECONNREFUSED 127.0.0.1:1',
    });
  });

  it('a PBX at an address that this installation may not reach is not connected to', async () => {
    await using open = await startSandboxGateway({ C2C_SIGNUP: 'open' });
    const { response } = await open.click({ dial_first: '101', dial_second: '102' });
    expect(response.errors[0]?.error).toMatchObject({ code: 'pbx_address_refused' });
    expect(open.pbx.calls()).toEqual([]);
  });

  it('a PBX over its bounds gets nothing', async () => {
    await using bounded = await startSandboxGateway({}, {}, { calls_in_progress: '1', wait_ms: '50' });
    await bounded.click({ dial_first: '101', dial_second: '105' });
    const { response } = await bounded.click({ dial_first: '102', dial_second: '105' });
    expect(response.errors[0]?.error).toMatchObject({
      code: 'pbx_busy',
      remedy: expect.stringContaining('Nothing was sent'),
    });
    expect(bounded.pbx.calls()).toHaveLength(1);
  });
});
