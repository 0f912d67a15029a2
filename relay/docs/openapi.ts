import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { ErrorBodySchema, errorTable } from '../contract.ts';
import type { Guard, Operation } from './operations.ts';

/** The requirements of each guard, in words. */
export const guardWords: Record<Guard, string> = {
  open: 'Open to all.',
  proof: 'Needs a proof by the browser’s key (header DPoP, RFC 9449), no token.',
  ticket: 'Needs a ticket in the address.',
  agent: 'For connected browsers.',
  admin: 'For browsers of an admin.',
  'step-up': 'For browsers of an admin who confirmed the passphrase in the last ten minutes.',
};

/** OpenAPI 3.1 of the routes, from the schemas that the relay itself parses with. */
export function describeApi(operations: Operation[], serverUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const [method = '', path = ''] = operation.route.split(' ');
    const template = path.replace(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: describeOperation(operation, path) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Dialside relay', version: '1', description: codesText() },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas: { Error: jsonSchema(ErrorBodySchema) },
      securitySchemes: {
        token: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'DPoP <token>' },
        proof: { type: 'apiKey', in: 'header', name: 'DPoP', description: 'One proof a request (RFC 9449 §4).' },
      },
    },
  };
}

function describeOperation(operation: Operation, path: string) {
  const { guard, summary, query, headers = [], optionalHeaders = [] } = operation;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => parameter(name ?? '', 'path', true));
  const inHeader = [
    ...headers.map((name) => parameter(name, 'header', true)),
    ...optionalHeaders.map((name) => parameter(name, 'header', false)),
  ];
  return {
    summary,
    description: guardWords[guard],
    parameters: [...inPath, ...inHeader, ...(query ? queryParameters(query) : [])],
    ...describeBody(operation),
    responses: describeAnswers(operation),
    security: guard === 'open' || guard === 'ticket' ? [] : [guard === 'proof' ? { proof: [] } : { token: [], proof: [] }],
  };
}

const parameter = (name: string, place: 'path' | 'header', required: boolean) => ({
  name,
  in: place,
  required,
  schema: { type: 'string' },
});

function describeBody({ body, bodyType }: Operation) {
  if (bodyType) return { requestBody: { required: true, content: { [bodyType]: { schema: { type: 'string' } } } } };
  return body ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body) } } } } : {};
}

function describeAnswers({ status, answer, mediaType = 'application/json', hasRanges }: Operation) {
  const needsContent = answer !== undefined || mediaType !== 'application/json';
  const content = needsContent ? { content: { [mediaType]: { schema: answer ? jsonSchema(answer) : {} } } } : {};
  return {
    [status]: { description: 'Done.', ...content },
    ...(hasRanges ? { 206: { description: 'The part that Range asked for.', ...content } } : {}),
    default: {
      description: 'Refused; the code says why.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
  };
}

function queryParameters(query: GenericSchema) {
  const { properties = {}, required = [] } = jsonSchema(query) as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
}

/** Describes what a client sends. JSON Schema cannot express transformations, which concern only the relay. */
function jsonSchema(schema: GenericSchema): Record<string, unknown> {
  const { $schema: _, ...rest } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' });
  return rest;
}

function codesText(): string {
  const rows = Object.entries(errorTable).map(([code, [status, message]]) => `| ${code} | ${status} | ${message} |`);
  return ['Refusals are `{ "error": { "code", "message" } }`:', '', '| Code | Status | Meaning |', '|---|---|---|', ...rows].join(
    '\n',
  );
}
