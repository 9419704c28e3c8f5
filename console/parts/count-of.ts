/** What was typed as a count. What is none goes as it was typed: the answer says what is wrong with it. */
export function countOf(text: string): string | number {
  const typed = text.trim();
  return /^\d+$/.test(typed) ? Number(typed) : typed;
}
