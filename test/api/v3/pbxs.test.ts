import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../contract/v3/call.ts';
import type { Capabilities, Examination, Pbx } from '../../../contract/v3/pbxs.ts';
import type { Problem } from '../../../contract/v3/problem.ts';
import { startAmiSandbox, type AmiSandbox } from '../../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGateway, type Gateway } from '../../gateway.ts';
import { ask } from './client.ts';

const SECRET = 'canary-pbx-secret';
let gateway: Gateway;
let box: AmiSandbox;
let stranger: { readonly key: string };
let settings: Record<string, string | number | boolean>;
beforeAll(async () => {
  box = await startAmiSandbox({ username: 'c2c', secret: SECRET, pace: 0.1 });
  gateway = await startGateway({ C2C_PUBLIC_URL: 'https://click.example.net' });
  stranger = await gateway.addAccount('Stranger');
  settings = { host: box.host, port: box.port, username: 'c2c', secret: SECRET };
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await box.close();
});

function add(body: unknown, key = gateway.key) {
  return ask<Pbx & { files?: Record<string, string> }>(gateway, 'POST /v3/pbxs', { body, key });
}

async function addWrong(body: unknown): Promise<Problem> {
  const answer = await ask<Problem>(gateway, 'POST /v3/pbxs', { body });
  expect(answer.status).toBe(422);
  return answer.body;
}

describe('/v3/pbxs', () => {
  it('adds, gives, changes and removes a PBX, and never gives a secret out', async () => {
    const added = await add({ name: 'main', driver: 'asterisk-ami', settings });
    expect(added).toMatchObject({
      status: 201,
      body: {
        name: 'main',
        driver: 'asterisk-ami',
        kind: 'asterisk',
        problem: null,
        settings: { host: box.host, port: box.port, secret: '***', tls: false },
      },
    });
    expect(added.body.files).toBeUndefined();
    const path = added.headers.get('location') ?? '';
    expect(path).toBe(`/v3/pbxs/${added.body.id}`);
    expect(
      (await ask<Call>(gateway, 'POST /v3/calls', { body: { dial_first: '101', dial_second: '102' } }))
        .status,
    ).toBe(201);

    const changed = await ask<Pbx>(gateway, `PATCH ${path}`, {
      body: { settings: { calls_in_progress: 3, secret: '***', context: 'longdistance' } },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { settings: { calls_in_progress: 3, host: box.host, context: 'longdistance' } },
    });
    expect((await ask(gateway, `POST ${path}/examine`, { body: {} })).body).toMatchObject({
      level: expect.stringMatching(/ok|warning/),
    });
    const back = await ask<Pbx>(gateway, `PATCH ${path}`, {
      body: { settings: { context: null, calls_in_progress: null } },
    });
    expect(back.body.settings['context']).toBe(added.body.settings['context']);

    const all = await ask<{ items: Pbx[] }>(gateway, 'GET /v3/pbxs');
    expect(all.body.items).toEqual([back.body]);
    expect(await ask(gateway, `GET ${path}`)).toMatchObject({ status: 200, body: back.body });
    for (const { body } of [added, changed, back, all]) expect(JSON.stringify(body)).not.toContain(SECRET);

    expect(await ask(gateway, `DELETE ${path}`)).toMatchObject({ status: 204, body: undefined });
    expect(await ask(gateway, `GET ${path}`)).toMatchObject({ status: 404 });
    expect(await ask(gateway, `DELETE ${path}`)).toMatchObject({ status: 404 });
  });

  it('takes a new secret, and says which setting is not good for its driver', async () => {
    const { body } = await add({
      name: 'wrong',
      driver: 'asterisk-ami',
      settings: { ...settings, secret: 'not-it' },
    });
    const path = `/v3/pbxs/${body.id}` as const;
    expect((await ask<Examination>(gateway, `POST ${path}/examine`, { body: {} })).body).toMatchObject({
      level: 'error',
      findings: expect.arrayContaining([
        { check: 'login', level: 'error', says: expect.any(String), remedy: expect.any(String) },
      ]),
    });
    await ask(gateway, `PATCH ${path}`, { body: { settings: { secret: SECRET } } });
    const good = await ask<Examination>(gateway, `POST ${path}/examine`, { body: { extension: '101' } });
    expect(good.body.level).not.toBe('error');
    expect(await ask(gateway, `PATCH ${path}`, { body: { settings: { port: 0 } } })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'settings.port', code: 'parameter_invalid' }] },
    });
    await ask(gateway, `DELETE ${path}`);
  });

  it('gives each finding as a line, as soon as it is found, to whoever asks for lines', async () => {
    const { body } = await add({ name: 'lines', driver: 'asterisk-ami', settings });
    const path = `/v3/pbxs/${body.id}` as const;
    const examine = (accept: string) =>
      fetch(`${gateway.url}${path}/examine`, {
        method: 'POST',
        headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json', accept },
        body: '{}',
      });
    const whole = (await (await examine('application/json')).json()) as Examination;
    const lines = await examine('application/x-ndjson');
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    const findings = (await lines.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { check: string; level: string });
    const what = (each: { check: string; level: string }) => `${each.check} ${each.level}`;
    expect(findings.map(what)).toEqual(whole.findings.map(what));
    await ask(gateway, `DELETE ${path}`);
    expect((await examine('application/x-ndjson')).status).toBe(404);
  });

  it('gives the files of a PBX that connects to us once, with where it finds us', async () => {
    const added = await add({ name: 'nat', driver: 'asterisk-ari-outbound', settings: {} });
    expect(added.status).toBe(201);
    const files = Object.values(added.body.files ?? {}).join('\n');
    expect(files).toContain('wss://click.example.net/pbx/ari');
    expect(files).toContain(added.body.id);
    expect(
      (await ask<Pbx & { files?: unknown }>(gateway, `GET /v3/pbxs/${added.body.id}`)).body.files,
    ).toBeUndefined();
    expect(
      (await ask<Examination>(gateway, `POST /v3/pbxs/${added.body.id}/examine`, { body: {} })).body.level,
    ).toBe('error');
    await ask(gateway, `DELETE /v3/pbxs/${added.body.id}`);
  });

  it.each<[what: string, body: () => unknown, errors: readonly string[]]>([
    [
      'nothing',
      () => ({}),
      ['name: parameter_missing', 'driver: parameter_missing', 'settings: parameter_missing'],
    ],
    [
      'a name that is none',
      () => ({ name: '../x', driver: 'asterisk-ami', settings }),
      ['name: parameter_invalid'],
    ],
    [
      'the name of another kind',
      () => ({ name: 'switchvox', driver: 'asterisk-ami', settings }),
      ['name: parameter_invalid'],
    ],
    [
      'a driver that is none',
      () => ({ name: 'x', driver: 'asterix', settings }),
      ['driver: parameter_invalid'],
    ],
    [
      'a setting that is none',
      () => ({ name: 'x', driver: 'asterisk-ami', settings: { ...settings, hots: 'x' } }),
      ['settings.hots: parameter_unknown'],
    ],
    [
      'no host',
      () => ({ name: 'x', driver: 'asterisk-ami', settings: { username: 'c2c', secret: SECRET } }),
      ['settings.host: parameter_missing'],
    ],
    [
      'a secret of two lines',
      () => ({
        name: 'x',
        driver: 'asterisk-ami',
        settings: { ...settings, secret: `${SECRET}\r\nAction: x` },
      }),
      ['settings.secret: parameter_invalid'],
    ],
    [
      'a setting that is a list',
      () => ({ name: 'x', driver: 'asterisk-ami', settings: { host: [] } }),
      ['settings: parameter_invalid'],
    ],
    [
      'a file of this machine',
      () => ({ name: 'x', driver: 'http', settings: { template: '/etc/passwd', host: 'x' } }),
      ['settings.template: parameter_invalid'],
    ],
  ])('refuses %s by its name, and repeats no secret', async (_what, body, errors) => {
    const problem = await addWrong(body());
    expect(problem.errors?.map(({ field, code }) => `${field}: ${code}`)).toEqual(errors);
    expect(JSON.stringify(problem)).not.toContain(SECRET);
    expect(JSON.stringify(problem)).not.toContain('ENOENT');
  });

  it('refuses a name that is in use', async () => {
    const { body } = await add({ name: 'twice', driver: 'asterisk-ami', settings });
    expect(await add({ name: 'twice', driver: 'asterisk-ami', settings })).toMatchObject({
      status: 409,
      body: { code: 'name_taken', errors: [{ field: 'name' }] },
    });
    expect((await add({ name: 'twice', driver: 'asterisk-ami', settings }, stranger.key)).status).toBe(201);
    await ask(gateway, `DELETE /v3/pbxs/${body.id}`);
  });

  it('says what a PBX can', async () => {
    const { body } = await add({ name: 'can', driver: 'asterisk-ami', settings });
    const can = await ask<Capabilities>(gateway, `GET /v3/pbxs/${body.id}/capabilities`);
    expect(can).toMatchObject({ status: 200, body: { dials_as: true, reports_end: true } });
    await ask(gateway, `DELETE /v3/pbxs/${body.id}`);
  });

  it("answers of another account's PBX as of one that never was, and touches it not", async () => {
    const { body } = await add({ name: 'mine', driver: 'asterisk-ami', settings });
    const ids = [body.id, '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77', "x'--"];
    for (const id of ids) {
      const asked = [
        ask(gateway, `GET /v3/pbxs/${id}`, { key: stranger.key }),
        ask(gateway, `PATCH /v3/pbxs/${id}`, { key: stranger.key, body: { settings: { host: 'x' } } }),
        ask(gateway, `DELETE /v3/pbxs/${id}`, { key: stranger.key }),
        ask(gateway, `POST /v3/pbxs/${id}/examine`, { key: stranger.key, body: {} }),
        ask(gateway, `GET /v3/pbxs/${id}/capabilities`, { key: stranger.key }),
      ];
      for (const answer of await Promise.all(asked))
        expect(answer).toMatchObject({
          status: 404,
          body: { detail: 'There is no PBX of this id that this key may see.' },
        });
    }
    expect((await ask<Pbx>(gateway, `GET /v3/pbxs/${body.id}`)).body).toEqual({ ...body, files: undefined });
    const theirs = await ask<{ items: Pbx[] }>(gateway, 'GET /v3/pbxs', { key: stranger.key });
    expect(theirs.body.items.map(({ id }) => id)).not.toContain(body.id);
  });

  it('is written into the audit as done by the key', async () => {
    const { body } = await add({ name: 'audited', driver: 'asterisk-ami', settings });
    const acts = await gateway.parts.store.audit.newest(100, gateway.account.id);
    expect(acts[0]).toMatchObject({ actorKind: 'key', action: 'pbx.add', subject: body.id });
    expect(JSON.stringify(acts)).not.toContain(SECRET);
  });
});

describe('/v3/drivers', () => {
  it('describes every kind of PBX, so that a form can be drawn', async () => {
    const { status, body } = await ask<{
      items: { id: string; settings: { name: string; secret: boolean }[] }[];
    }>(gateway, 'GET /v3/drivers');
    expect(status).toBe(200);
    expect(body.items.map(({ id }) => id)).toEqual(
      gateway.parts.directory.drivers.map(({ manifest }) => manifest.id),
    );
    const ami = body.items.find(({ id }) => id === 'asterisk-ami');
    expect(ami?.settings.find(({ name }) => name === 'secret')).toMatchObject({
      secret: true,
      type: 'text',
      required: true,
    });
  });

  it('gives one with its guide, and with the settings and the guide of a template', async () => {
    expect(await ask(gateway, 'GET /v3/drivers/asterisk-ami')).toMatchObject({
      status: 200,
      body: {
        presets: { preset: { freepbx: expect.anything() } },
        templates: [],
        guide: expect.stringContaining('manager.conf'),
      },
    });
    const wazo = await ask<{ settings: { name: string }[] }>(gateway, 'GET /v3/drivers/http?template=wazo');
    expect(wazo.body.settings.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['users', 'contexts', 'password']),
    );
  });

  it('says that there is none, and no such template', async () => {
    expect(await ask(gateway, 'GET /v3/drivers/asterix')).toMatchObject({ status: 404 });
    for (const template of ['none', '/etc/passwd', '__proto__'])
      expect(
        await ask(gateway, `GET /v3/drivers/http?template=${encodeURIComponent(template)}`),
      ).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'template' }] },
      });
  });
});
