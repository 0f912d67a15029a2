/** What stands for a number that the caller keeps back: the relay's own word, and what switches write in the history. */
const withheld = /^(anonymous|restricted|private|unknown|unavailable|withheld|)$/i;

export function isWithheld(number: string): boolean {
  return withheld.test(number);
}
