import { CallResponse, PARAMETERS, StatusResponse } from '../../../contract/c2c-v2.ts';
import { schemaOf, type Json } from './schema.ts';

const SECURITY = [{ bearer: [] }, { header: [] }, { query: [] }];
const TAGS = ['c2c/v2'];
const REQUIRED = ['dial_first', 'dial_second'];
/** The key is described as a security scheme. */
const GIVEN = Object.entries(PARAMETERS).filter(([name]) => name !== 'api_key');

/** The paths of the documented API. Whatever happens, it answers with 200 and JSON. */
export function documentedPaths(): Json {
  return {
    '/c2c/v2': { get: click('clickByQuery', queryParameters()), post: click('click', requestBody()) },
    '/c2c/v2/status/{request_id}': {
      get: {
        operationId: 'status',
        tags: TAGS,
        summary: 'What is known of a request',
        security: SECURITY,
        parameters: [pathParameter('request_id', 'The `request_id` of an answer.')],
        responses: answers('The status; or, where there is no such request, an answer that says so.', [
          StatusResponse,
          CallResponse,
        ]),
      },
    },
    '/c2c/v2/errors/{request_id}/{token}': {
      get: {
        operationId: 'errorPage',
        tags: TAGS,
        summary: 'The page of an error, without a key',
        description:
          'The `url` of an error: HTML for a browser, JSON for whoever accepts it, text for the others.',
        security: [],
        parameters: [
          pathParameter('request_id', 'The `request_id` of an answer.'),
          pathParameter('token', 'As it stands in the `url`.'),
        ],
        responses: answers('The page; or, where there is none, an answer that says so.', [
          StatusResponse,
          CallResponse,
        ]),
      },
    },
  };
}

function click(operationId: string, given: Json): Json {
  return {
    operationId,
    tags: TAGS,
    summary: 'Make a call',
    description:
      'Rings the first number and, when it answers, connects it to the second. The status says whether the PBX took the order.',
    security: SECURITY,
    ...given,
    responses: answers('The answer, whatever it is.', [CallResponse]),
  };
}

function queryParameters(): Json {
  const parameters = GIVEN.map(([name, description]) => ({
    name,
    in: 'query',
    description,
    ...(REQUIRED.includes(name) && { required: true }),
    schema: { type: 'string' },
  }));
  return { parameters };
}

function requestBody(): Json {
  const properties = GIVEN.map(([name, description]) => [name, { type: ['string', 'integer'], description }]);
  const schema = { type: 'object', required: REQUIRED, properties: Object.fromEntries(properties) as Json };
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
    },
  };
}

function pathParameter(name: string, description: string): Json {
  return { name, in: 'path', required: true, description, schema: { type: 'string' } };
}

function answers(description: string, schemas: readonly Parameters<typeof schemaOf>[0][]): Json {
  const [first, ...others] = schemas.map(schemaOf);
  const schema = others.length === 0 ? first : { anyOf: [first, ...others] };
  return { 200: { description, content: { 'application/json': { schema } } } };
}
