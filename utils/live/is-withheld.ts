/** Texts that stand for a withheld number: the relay's own word, and those that switches write in the history. */
const withheld = /^(anonymous|restricted|private|unknown|unavailable|withheld|)$/i;

export function isWithheld(number: string): boolean {
  return withheld.test(number);
}
