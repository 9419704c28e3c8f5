const YEAR_SECONDS = 365 * 24 * 3_600;
/** What none of our pages needs. */
const FEATURES = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'display-capture'];

/**
 * On every answer, of every kind. Answers hold keys' doings and phone numbers: nobody on the way keeps them, and no link out of
 * them tells where from. Nothing of ours is shown in another site's frame, or read by its pages, and what is no page of ours
 * (those have policies of their own) may do nothing at all, should a browser ever take it for one.
 */
const ALWAYS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': FEATURES.map((feature) => `${feature}=()`).join(', '),
} as const;

/** @param isHttps whether the world speaks HTTPS with us: then browsers are to do nothing else */
export function safetyHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return isHttps ? { ...ALWAYS, 'strict-transport-security': `max-age=${YEAR_SECONDS}` } : ALWAYS;
}
