const DISTINCT_MIN = 5;
/** Of the passwords that are long enough, those that everybody tries first. */
const COMMON = [
  '1234567890',
  '0123456789',
  '123456789a',
  '12345678910',
  'qwertyuiop',
  'qwerty12345',
  'password123',
  'password1234',
  'passw0rd123',
  'iloveyou123',
  'letmein1234',
  'click2call',
  'click-2-call',
  'administrator',
];

/**
 * Why a new password is none, in words; undefined where it is good. Its length is checked before. Long and not one of those
 * that are tried first is all that is asked (NIST SP 800-63B, 5.1.1.2).
 */
export function passwordProblem(password: string, email: string): string | undefined {
  const plain = password.toLowerCase();
  if (new Set(plain).size < DISTINCT_MIN)
    return 'password has too few different characters; give a longer sentence.';
  if (COMMON.includes(plain)) return 'password is one that everybody tries first; give another.';
  if (plain.includes(email) || email.startsWith(`${plain}@`))
    return 'password is the e-mail or contains it; give another.';
  return undefined;
}
