/** What servers of Kazoo's blackhole say of a subscription that they refuse; some keep the connection open, and send nothing more. */
const answers = ['auth_failure', 'failed_authentication', 'error'];

/** Whether what was heard is no call but an answer to a subscription, and if so, what it says. */
export function readAnswer(name: string, said: unknown): 'refused' | 'renewed' | null {
  if (!answers.includes(name)) return null;
  // To whoever subscribes again on the connection on which it did before.
  return /already in use/i.test(JSON.stringify(said) ?? '') ? 'renewed' : 'refused';
}
