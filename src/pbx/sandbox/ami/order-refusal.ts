import { dialplanHas } from '../numbers.ts';
import type { Request } from './message.ts';

/** Longest `ChannelId` (AST_MAX_PUBLIC_UNIQUEID). */
const MAX_CHANNEL_ID = 149;
/** Applications and data that need `system` (main/manager.c, is_originate_app_permitted); matched within the text. */
const FORBIDDEN_APPS = /agi|dbdeltree|exec|externalivr|mixmonitor|originate|reload|system/i;
const FORBIDDEN_DATA = /CURL|DB|EVAL|FILE|ODBC|REALTIME|SHELL/;

/** Why Asterisk refuses this Originate before it rings anybody, in its own words and order; undefined: it does not. */
export function refusalOf(request: Request): string | undefined {
  const [channelId, other] = [request.get('ChannelId'), request.get('OtherChannelId')];
  if (channelId.length > MAX_CHANNEL_ID || other.length > MAX_CHANNEL_ID) {
    return `Uniqueid length exceeds maximum of ${MAX_CHANNEL_ID}`;
  }
  if (request.get('Channel') === '') return 'Channel not specified';
  if (!isWholeNumber(request.get('Priority'))) return 'Invalid priority';
  if (!isWholeNumber(request.get('Timeout'))) return 'Invalid timeout';
  if (!request.get('Channel').includes('/')) return 'Invalid channel';
  if (FORBIDDEN_APPS.test(request.get('Application')) || FORBIDDEN_DATA.test(request.get('Data'))) {
    return 'Originate Access Forbidden: app or data blacklisted';
  }
  return isMissing(request) ? 'Extension does not exist.' : undefined;
}

/** Only where context, extension and priority all stand is there something to look for. */
function isMissing(request: Request): boolean {
  const [context, exten, priority] = [request.get('Context'), request.get('Exten'), request.get('Priority')];
  if (context === '' || exten === '' || priority === '') return false;
  return priority !== '1' || !dialplanHas(context, exten);
}

function isWholeNumber(text: string): boolean {
  return text === '' || /^-?\d+/.test(text);
}
