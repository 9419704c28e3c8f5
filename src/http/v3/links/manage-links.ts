import type { LIST_LINKS, MAKE_LINK, READ_LINK, REVOKE_LINK } from '../../../../contract/v3/links.ts';
import { createLink, revokeLink as revoke, type LinkInput } from '../../../access/links.ts';
import type { LinkRecord } from '../../../access/ports.ts';
import { linkUrl, presentLink } from '../../../access/present-link.ts';
import { AccessError } from '../../../access/read-rights.ts';
import { mayDo } from '../../../access/scopes.ts';
import { errorOfRefusal } from '../../../switchboard/answer.ts';
import { actorOf } from '../actor.ts';
import type { V3Deps } from '../deps.ts';
import { problemOfAccess } from '../keys/problem-of-access.ts';
import { pageOf, placeOf } from '../page.ts';
import { notFound, Problem } from '../problem.ts';
import type { Ask, Handler } from '../route.ts';

const LINK_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const listLinks: Handler<typeof LIST_LINKS> = async ({ principal, query }, { links }) => {
  const { limit = 50, cursor } = query;
  const read = await links.linksOf(principal.tenantId, placeOf(cursor, LINK_ID), limit + 1);
  return { status: 200, body: pageOf(read, limit, { present: presentLink, place: ({ id }) => id }) };
};

/** Whoever may not make a call makes no link either, which is a call for somebody else. */
export const makeLink: Handler<typeof MAKE_LINK> = async (ask, deps) => {
  const { principal, body } = ask;
  if (!mayDo(principal, 'calls:create'))
    throw new Problem('key_forbidden', 'A link makes calls: this needs the scope calls:create too.');
  await allow(ask, deps, body);
  const { token, record } = await createLink(
    deps.links,
    deps.clock,
    principal,
    body,
    actorOf(principal),
  ).catch((error: unknown) => {
    throw error instanceof AccessError ? problemOfAccess('parameter_invalid', error.problems) : error;
  });
  return {
    status: 201,
    headers: { location: `/v3/links/${record.id}` },
    body: { ...presentLink(record), url: linkUrl(deps.self().publicUrl, token) },
  };
};

export const readLink: Handler<typeof READ_LINK> = async (ask, deps) => {
  return { status: 200, body: presentLink(await linkOf(ask, deps)) };
};

export const revokeLink: Handler<typeof REVOKE_LINK> = async (ask, deps) => {
  await revoke(deps.links, deps.clock, await linkOf(ask, deps), actorOf(ask.principal));
  return { status: 204 };
};

/** @throws Problem that says what is wrong with the call that the link would make */
async function allow({ principal }: Ask, { explainCall }: V3Deps, body: LinkInput): Promise<void> {
  const found = await explainCall.refusalsOf(principal, {
    dialFirst: body.dial_first,
    dialSecond: body.dial_second,
    dialAs: body.dial_as,
    pbx: body.pbx,
  });
  const refusals = found.map(errorOfRefusal);
  const [first] = refusals;
  if (first === undefined) return;
  throw new Problem(first.code, refusals.map(({ message }) => message).join(' '), {
    errors: refusals.map(({ field = '', code, message }) => ({ field, code, detail: message })),
  });
}

/** @throws Problem where the account has no such link */
async function linkOf(ask: Ask, { links }: V3Deps): Promise<LinkRecord> {
  const link = await links.linkById(ask.principal.tenantId, ask.param('id'));
  if (link === undefined) throw notFound('link');
  return link;
}
