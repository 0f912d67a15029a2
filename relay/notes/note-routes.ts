import { Hono } from 'hono';
import { NoteChangeSchema, NoteSubjectSchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { readIfMatch } from '../http/if-match.ts';
import { parseBody, parseValue } from '../http/parse.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { requireAgent } from '../http/require-agent.ts';
import { readNote, saveNote } from './save-note.ts';

/** `/notes/{subject}`, to be mounted under /v1: the asking agent's note on a call. */
export function noteRoutes(deps: Deps): Hono<RelayEnv> {
  const routes = new Hono<RelayEnv>();
  const subjectOf = (text: string) => parseValue(NoteSubjectSchema, text.toLowerCase(), 'call_not_found');

  routes.get('/notes/:subject', requireAgent(deps), async (c) => {
    const note = await readNote(deps, c.get('principal').agentId, subjectOf(c.req.param('subject')));
    return c.json(note, 200, { ETag: `"${note.version}"` });
  });

  routes.put('/notes/:subject', requireAgent(deps), async (c) => {
    const subject = subjectOf(c.req.param('subject'));
    const version = readIfMatch(c);
    const change = await parseBody(c, NoteChangeSchema);
    const note = await saveNote(deps, { agentId: c.get('principal').agentId, subject, version, change });
    return c.json(note, 200, { ETag: `"${note.version}"` });
  });

  return routes;
}
