/**
 * Events by which Kazoo's blackhole and frameworks over Socket.IO report a refused subscription; some servers keep the connection
 * open and send nothing more.
 */
const answers =
  /^(error|exception|unauthori[sz]ed|forbidden|failed_authentication|(auth|authentication|subscribe|subscription)_(error|failure|failed))$/i;

/** Whether an event answers a subscription rather than reporting a call, and what it says. */
export function readAnswer(name: string, said: unknown): 'refused' | 'renewed' | null {
  if (!answers.test(name)) return null;
  // The answer to a repeated subscription on the same connection.
  return /already in use/i.test(JSON.stringify(said) ?? '') ? 'renewed' : 'refused';
}
