import type { Context } from 'hono';
import * as v from 'valibot';
import { BadRequest } from './bad-request.ts';
import { orBadRequest } from './limit-body.ts';
import type { RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';

/** Parses the JSON body. Throws `bad_request` that names the first wrong field. */
export async function parseBody<Schema extends v.GenericSchema>(
  c: Context<RelayEnv>,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const text = await readText(c, 'application/json');
  let json: unknown;
  try {
    json = JSON.parse(text, (_name, value: unknown) => (typeof value === 'string' ? withoutNul(value) : value));
  } catch (error) {
    throw new BadRequest('The body is not JSON.', { cause: error });
  }
  return parse(schema, json, 'The body');
}

/** The body as text; the request must have the route's media type. */
export async function readText(c: Context<RelayEnv>, mediaType: string): Promise<string> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== mediaType) throw new BadRequest(`Send the body as ${mediaType}.`);
  return withoutNul(c.get('bodyText') ?? (await orBadRequest(c.req.text())));
}

/** Parses the query parameters. A parameter given twice is refused. */
export function parseQuery<Schema extends v.GenericSchema>(c: Context<RelayEnv>, schema: Schema): v.InferOutput<Schema> {
  const repeated = Object.entries(c.req.queries()).find(([, values]) => values.length > 1);
  if (repeated) throw new BadRequest(`The query gives ${quote(repeated[0])} twice.`);
  const query = Object.entries(c.req.query()).map(([name, value]) => [name, withoutNul(value)]);
  return parse(schema, Object.fromEntries(query), 'The query');
}

/** Parses a path parameter or header value; `code` is the error for an invalid one. */
export function parseValue<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  code: ConstructorParameters<typeof RelayError>[0],
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (!result.success) throw new RelayError(code);
  return result.output;
}

/** NUL carries no information, and PostgreSQL's text cannot hold it. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}

function parse<Schema extends v.GenericSchema>(schema: Schema, value: unknown, what: string): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]);
  throw new BadRequest(
    field ? `${what} has a field ${quote(field)} that is missing, unknown or wrong.` : `${what} is not what this address takes.`,
  );
}

/** Field names come from the client: shortened and reduced to characters that are harmless in a terminal or page. */
function quote(name: string): string {
  return `“${name.replace(/[^\w.-]/g, '?').slice(0, 60)}”`;
}
