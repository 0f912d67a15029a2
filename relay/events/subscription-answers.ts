/**
 * What servers of Kazoo's blackhole, and of frameworks over Socket.IO, say of a subscription that they refuse; some keep the connection
 * open, and send nothing more.
 */
const answers =
  /^(error|exception|unauthori[sz]ed|forbidden|failed_authentication|(auth|authentication|subscribe|subscription)_(error|failure|failed))$/i;

/** Whether what was heard is no call but an answer to a subscription, and if so, what it says. */
export function readAnswer(name: string, said: unknown): 'refused' | 'renewed' | null {
  if (!answers.test(name)) return null;
  // To whoever subscribes again on the connection on which it did before.
  return /already in use/i.test(JSON.stringify(said) ?? '') ? 'renewed' : 'refused';
}
