import type { RelayAccess } from '../relay/relay-access.ts';
import type { SessionService } from '../session/create-session.ts';
import type { Handle } from './create-handle.ts';
import { createMissedWatch } from './missed-watch.ts';
import { type LiveParts, registerLive } from './register-live.ts';
import { registerNotes } from './register-notes.ts';
import { registerNoticeClicks } from './register-notice-clicks.ts';
import { registerSettings } from './register-settings.ts';

/** The agent's work besides placing calls: live calls, notes, missed calls, and the notifications about them. */
export function registerDay(
  handle: Handle,
  access: RelayAccess,
  { refreshOld, finishLeaving }: Pick<SessionService, 'refreshOld' | 'finishLeaving'>,
  roleOf: LiveParts['roleOf'],
) {
  const missed = createMissedWatch({ access });
  const live = registerLive({ access, missed, refreshOld, roleOf });
  registerNoticeClicks();
  registerNotes(handle, access, {
    noteShown: (answer) => missed.note(answer, live.isLookedAt()),
    onOutcome: () => void missed.check(),
    ready: finishLeaving(),
  });
  registerSettings(handle);
  return { live, afterCalls: missed.after };
}
