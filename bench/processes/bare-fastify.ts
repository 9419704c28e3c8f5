/*
 * What Fastify can do on this machine: one route that answers a click with a constant of our own answer's schema, and
 * does nothing about it.
 */
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { CallResponse } from '../../contract/c2c-v2.ts';
import { doJobs } from '../kit/jobs.ts';

const ANSWER: CallResponse = {
  response: { request_id: randomUUID(), status: 'success', errors: [] },
  method: 'asterisk.call',
  server_id: 'bench',
};

const app = Fastify();
app.get('/c2c/v2', { schema: { response: { 200: CallResponse } } }, () => Promise.resolve(ANSWER));
const url = await app.listen({ host: '127.0.0.1', port: 0 });
doJobs<object, { readonly port: number }>(() => Promise.resolve({ port: Number(new URL(url).port) }));
