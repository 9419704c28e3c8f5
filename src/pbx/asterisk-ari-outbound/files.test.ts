import { expect, it } from 'vitest';
import { filesFor } from './files.ts';

const door = { url: 'wss://gateway.example/pbx/ari', username: 'pbx-1', password: 'canary-7f3a' };

it('gives two whole files, of one link and one local user, with the credential of this PBX alone', () => {
  const files = filesFor({ app: 'click2call' }, door);
  expect(Object.keys(files)).toEqual(['websocket_client.conf', 'ari.conf']);
  expect(files['websocket_client.conf']).toContain('uri = wss://gateway.example/pbx/ari\n');
  expect(files['websocket_client.conf']).toContain('verify_server_cert = yes\n');
  expect(files['ari.conf']?.match(/^\[general\]$/gm)).toHaveLength(1);
  expect(files['ari.conf']).toContain('apps = click2call\n');
  expect(files['ari.conf'], 'the local user has a password of its own').not.toContain(door.password);
  expect(filesFor({ app: 'click2call' }, { ...door, password: 'other' })['ari.conf']).not.toBe(
    files['ari.conf'],
  );
});

it('asks for no certificate where the way has none', () => {
  const files = filesFor({ app: 'click2call' }, { ...door, url: 'ws://127.0.0.1:8080/pbx/ari' });
  expect(files['websocket_client.conf']).toContain('tls_enabled = no\n');
  expect(files['websocket_client.conf']).not.toContain('verify_server');
});

it('writes nothing that would be another line, section or comment there', () => {
  for (const password of ['a\n[general]', 'a;b', 'a b', ''])
    expect(() => filesFor({ app: 'click2call' }, { ...door, password })).toThrow(TypeError);
});
