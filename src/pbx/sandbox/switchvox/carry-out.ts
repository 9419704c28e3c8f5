import { findNumber, SLOW_REPLY_MS, type OrderTreatment } from '../numbers.ts';
import type { Timers } from '../timers.ts';
import type { SwitchvoxCalls } from './calls.ts';
import type { Outcome, Request, Tree } from './envelope.ts';
import type { Caller } from './gate.ts';
import { METHODS } from './methods.ts';
import { hits, type SwitchvoxFaults, type SwitchvoxVariant } from './options.ts';
import { ApiError, readOrder } from './take-order.ts';

/** What a request is carried out with. */
export interface Treatment {
  readonly timers: Timers;
  readonly calls: SwitchvoxCalls;
  readonly faults: SwitchvoxFaults;
  readonly variant: SwitchvoxVariant;
}

/** Carries out one request. `cut`: no answer, and the connection ends; `garbage`: an answer that is none. */
export async function carryOut(
  request: Request,
  caller: Caller,
  room: Treatment,
): Promise<Outcome | 'cut' | 'garbage'> {
  const { error } = room.faults;
  if (error !== undefined && hits(error.methods, request.method)) return { errors: [error] };
  try {
    const isUsers = request.method.startsWith('switchvox.users.');
    if (isUsers !== (caller.role === 'user')) throw new ApiError(97203, 'Permission denied.');
    if (request.method === 'switchvox.call' || request.method === 'switchvox.users.call')
      return await placeCall(request, caller, room);
    const method = METHODS[request.method];
    if (method === undefined) throw new ApiError(10001, `Invalid method (${request.method}).`);
    return { result: method(request, caller, room) };
  } catch (fault) {
    if (!(fault instanceof ApiError)) throw fault;
    return { errors: [{ code: fault.code, message: fault.message }] };
  }
}

async function placeCall(
  request: Request,
  caller: Caller,
  room: Treatment,
): Promise<Outcome | 'cut' | 'garbage'> {
  const order = readOrder(request, caller, room.variant);
  const treatment: OrderTreatment | undefined =
    findNumber(order.first)?.order ?? findNumber(order.second)?.order;
  if (treatment === 'denies') throw new ApiError(97203, 'Permission denied.');
  if (treatment === 'babbles') return 'garbage';
  const call = room.calls.begin(order);
  if (treatment === 'drops') return 'cut';
  if (treatment === 'stalls') await wait(room.timers, SLOW_REPLY_MS);
  if (treatment === 'lags' || room.faults.ringsBeforeReply === true) await call.rings;
  if (room.variant.replies === 'after_first_leg') await call.decided;
  const info: Tree = { dialed_first: order.first, dialed_second: order.dialedSecond, variables: {} };
  return { result: { call_info: info } };
}

function wait(timers: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => {
    timers.after(ms, resolve);
  });
}
