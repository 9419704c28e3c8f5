import { newToken } from '../../kit/ids.ts';
import { digestAuthorization, pickDigest, readChallenges } from '../wire/digest.ts';
import { NoAnswer, type HttpAnswer, type HttpClient } from '../wire/http-client.ts';
import type { Frame } from '../contract.ts';
import { buildRequest, type BuiltRequest } from './build-request.ts';
import { encodeHeader, UnsafeValue } from './encode.ts';
import { maskedForms } from './masked.ts';
import type { Step } from './template.ts';
import { secretsOf } from './template-texts.ts';
import { fill, type Sources } from './values.ts';

export interface Sending {
  readonly client: HttpClient;
  readonly sources: Sources;
  readonly withinMs: number;
  /** Everything said is added here, also where it fails. */
  readonly exchange: Frame[];
}

/**
 * Sends one step, with its authentication. Digest takes two requests: the first is refused unread, with a challenge.
 * @throws UnsafeValue, NotInMap where nothing was sent
 * @throws PbxError, NoAnswer as `HttpClient.send`
 */
export async function sendStep(step: Step, sending: Sending): Promise<HttpAnswer> {
  const request = buildRequest(step, sending.sources);
  const login = credentials(step, sending.sources);
  const answer = await send(withAuthorization(request, login.header), sending);
  const { digest } = login;
  if (digest === undefined || answer.status !== 401) return answer;
  const challenge = pickDigest(readChallenges(answer.headers['www-authenticate'] ?? ''));
  if (challenge === undefined) return answer;
  const use = { ...digest, method: request.method, uri: request.path, count: 1, clientNonce: newToken(12) };
  return send(withAuthorization(request, digestAuthorization(challenge, use)), sending);
}

/** Everything that must be shown nowhere, in every form that it is sent in. */
export function hiddenForms({ template, settings, login, plan }: Sources): readonly string[] {
  const sources = { template, settings, login, ...(plan && { plan }) };
  const derived = Object.keys(template.derived ?? {}).flatMap((name) => {
    try {
      return fill(`{derived:${name}}`, sources) ?? [];
    } catch {
      // Computed of a login step that was not there yet: it was not sent either.
      return [];
    }
  });
  return maskedForms([...secretsOf(template, settings), ...login.values(), ...derived]);
}

async function send(
  request: BuiltRequest,
  { client, sources, withinMs, exchange }: Sending,
): Promise<HttpAnswer> {
  try {
    const answer = await client.send({ ...request, withinMs, secrets: hiddenForms(sources) });
    exchange.push(...answer.frames);
    return answer;
  } catch (error) {
    if (error instanceof NoAnswer) exchange.push(error.sent);
    throw error;
  }
}

interface Credentials {
  readonly header?: string;
  readonly digest?: { readonly username: string; readonly password: string };
}

function credentials({ auth }: Step, sources: Sources): Credentials {
  const read = (text: string | undefined) => fill(text ?? '', sources) ?? '';
  const login = { username: read(auth?.username), password: read(auth?.password) };
  if (auth?.type === 'digest') return { digest: login };
  if (auth?.type === 'bearer') return { header: `Bearer ${read(auth.token)}` };
  if (auth?.type !== 'basic') return {};
  if (login.username.includes(':')) throw new UnsafeValue('a username with a colon can not log in by Basic');
  return { header: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}` };
}

function withAuthorization(request: BuiltRequest, header: string | undefined): BuiltRequest {
  if (header === undefined) return request;
  return { ...request, headers: { ...request.headers, authorization: encodeHeader(header) } };
}
