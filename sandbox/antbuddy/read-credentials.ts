import * as v from 'valibot';
import { accept, type Checked, refuse } from './api-problem.ts';

const CredentialsSchema = v.strictObject({
  sipUser: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  sipPassword: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
});

/** The JSON body of sections 3.2 and 4.2: exactly sipUser and sipPassword. */
export function readCredentials(text: string): Checked<v.InferOutput<typeof CredentialsSchema>> {
  const body = v.safeParse(v.pipe(v.string(), v.parseJson(), CredentialsSchema), text);
  if (body.success) return accept(body.output);
  return refuse('INVALID_PARAMETER', `The body is not {sipUser, sipPassword} in JSON: ${body.issues[0].message}.`);
}
