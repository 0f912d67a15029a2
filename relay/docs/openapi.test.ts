import { describe, expect, it } from 'vitest';
import { errorTable } from '../contract.ts';
import { testConfig } from '../testing/make-deps.ts';
import { docsRoutes } from './docs-routes.ts';
import { describeApi, guardWords } from './openapi.ts';
import { operations } from './operations.ts';

const api = describeApi(operations, 'https://relay.test') as {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters: { name: string; in: string; required: boolean }[];
        requestBody?: unknown;
        responses: object;
        security: unknown[];
      }
    >
  >;
  info: { description: string };
};

describe('the documentation', () => {
  it('has every route', () => {
    const documented = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(operations.map(({ route }) => route.replace(/:(\w+)/g, '{$1}')).sort());
  });

  it('says in words on its page whom each route is for', async () => {
    const page = await (await docsRoutes({ config: testConfig }).request('/docs')).text();
    const said = [...page.matchAll(/<td><code>\w+ \/.*?<\/code><\/td><td>(.*?)<\/td>/g)].map(([, words]) => words);
    expect(said).toEqual(operations.map(({ guard }) => guardWords[guard]));
  });

  it.each([
    ['post', '/v1/calls', ['Idempotency-Key'], ['clickedAt', 'number', 'site', 'surface']],
    ['patch', '/v1/admin/agents/{id}', ['id', 'If-Match'], ['active', 'name', 'role', 'sipPassword', 'sipUser', 'username']],
    ['get', '/v1/admin/audit', ['before', 'limit', 'agent', 'action', 'subject', 'number', 'from', 'to'], null],
    ['get', '/v1/recordings/{callId}/audio', ['callId', 'Range', 'If-Range', 'ticket', 'download'], null],
    ['get', '/v1/events', ['Last-Event-ID'], null],
    ['get', '/v1/calls/{key}', ['key'], null],
  ])('%s %s takes its parameters and fields', (method, path, parameters, fields) => {
    const operation = api.paths[path]?.[method];
    expect(operation?.parameters.map(({ name }) => name)).toEqual(parameters);
    const body = operation?.requestBody as { content: { 'application/json': { schema: { properties: object } } } } | undefined;
    if (fields)
      expect(Object.keys(body?.content['application/json'].schema.properties ?? {}).sort()).toEqual(
        expect.arrayContaining(fields),
      );
  });

  it('tells a body that is no JSON, the headers that may be left out, and the answer to a range', () => {
    const list = api.paths['/v1/admin/do-not-call']?.post;
    expect(list?.requestBody).toMatchObject({ required: true, content: { 'text/csv': { schema: { type: 'string' } } } });
    const audio = api.paths['/v1/recordings/{callId}/audio']?.get;
    expect(audio?.responses).toMatchObject({ 206: { content: { 'audio/mpeg': {} } } });
    const headers = audio?.parameters.filter((one) => one.in === 'header');
    expect(headers?.map(({ name, required }) => [name, required])).toEqual([
      ['Range', false],
      ['If-Range', false],
    ]);
  });

  it('tells every code', () => {
    expect(Object.keys(errorTable).filter((code) => !api.info.description.includes(`| ${code} |`))).toEqual([]);
  });
});
