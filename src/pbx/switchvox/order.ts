import type { CallPlan } from '../../calls/call.ts';
import type { ApiRequest, Parameter } from './encoder.ts';
import type { SwitchvoxSettings } from './manifest.ts';

const SECONDS_MAX = 999;
const NAME_CHARACTERS_MAX = 20;

/**
 * The order of one call: `switchvox.call`, or as a user `switchvox.users.call`, whose account is its own (C.3). What only
 * newer versions know is sent only where it is asked for.
 */
export function orderRequest(plan: CallPlan, accountId: string, settings: SwitchvoxSettings): ApiRequest {
  const isUser = settings.role === 'user';
  const seconds = String(Math.min(plan.timeoutSeconds, SECONDS_MAX));
  const parameters: Record<string, Parameter> = {
    dial_first: plan.first,
    dial_second: plan.second,
    [isUser ? 'account_id' : 'dial_as_account_id']: accountId,
    timeout: seconds,
    ignore_user_api_settings: flag(settings.ignore_api_settings),
    ignore_user_call_rules: flag(settings.ignore_call_rules),
  };
  const name = nameOnFirst(plan, settings);
  if (name !== '') parameters['caller_id_name'] = name;
  if (settings.second_timeout) parameters['timeout_second_call'] = seconds;
  if (settings.auto_answer) parameters['auto_answer'] = '1';
  if (settings.call_id_variable !== '')
    parameters['variables'] = {
      each: 'variable',
      values: [`${settings.call_id_variable}=${plan.channelId}`],
    };
  return { method: isUser ? 'switchvox.users.call' : 'switchvox.call', parameters };
}

/** What the first phone shows beside the other number; empty: what the PBX has for it. */
export function nameOnFirst({ callerIdName }: CallPlan, { caller_id_name }: SwitchvoxSettings): string {
  const isGiven = callerIdName !== undefined && callerIdName !== '';
  return Array.from(isGiven ? callerIdName : caller_id_name)
    .slice(0, NAME_CHARACTERS_MAX)
    .join('');
}

function flag(on: boolean): string {
  return on ? '1' : '0';
}
