import { expect, it } from 'vitest';
import { parseList, parseSources } from './debian-mirror.ts';

it('reads the one-line format', () => {
  const text = `# deb http://off.example/debian old main
deb [arch=amd64 signed-by=/keys/debian.gpg] http://mirror.example/debian sid main
deb http://plain.example/debian sid main
deb-src http://source.example/debian sid main`;
  expect(parseList(text)).toEqual([
    { uri: 'http://mirror.example/debian', keyring: '/keys/debian.gpg' },
    { uri: 'http://plain.example/debian', keyring: null },
  ]);
});

it('reads the deb822 format', () => {
  const text = `# a comment
Types: deb deb-src
# another
URIs: http://mirror.example/debian http://second.example/debian
Suites: sid
Signed-By: /keys/debian.gpg

Enabled: no
Types: deb
URIs: http://off.example/debian

Types: deb
URIs: http://inline.example/debian
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 -----END PGP PUBLIC KEY BLOCK-----
`;
  expect(parseSources(text)).toEqual([
    { uri: 'http://mirror.example/debian', keyring: '/keys/debian.gpg' },
    { uri: 'http://second.example/debian', keyring: '/keys/debian.gpg' },
    { uri: 'http://inline.example/debian', keyring: null },
  ]);
});
