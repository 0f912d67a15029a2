import { defineBackground } from 'wxt/utils/define-background';
import { createHandle, createRoleOf } from '../utils/background/create-handle.ts';
import { deviceName } from '../utils/background/device-name.ts';
import { registerAdmin } from '../utils/background/register-admin.ts';
import { registerCalls } from '../utils/background/register-calls.ts';
import { registerCard } from '../utils/background/register-card.ts';
import { registerDay } from '../utils/background/register-day.ts';
import { registerHidden } from '../utils/background/register-hidden.ts';
import { registerHistory } from '../utils/background/register-history.ts';
import { registerSession } from '../utils/background/register-session.ts';
import { registerSites } from '../utils/background/register-sites.ts';
import { registerSelectionMenu } from '../utils/background/selection-menu.ts';
import { createCallPlaces } from '../utils/calls/call-places.ts';
import { createCalling } from '../utils/calls/create-calling.ts';
import { createHiddenStore } from '../utils/hidden-numbers/hidden-store.ts';
import { createRelayAccess } from '../utils/relay/relay-access.ts';
import { createSession } from '../utils/session/create-session.ts';
import { createSites } from '../utils/sites/create-sites.ts';

export default defineBackground(() => {
  const access = createRelayAccess();
  const session = createSession({ access, deviceName });
  const sites = createSites({ reservedPatterns: access.patterns });
  const handle = createHandle(sites.isEnabled);
  const { live, afterCalls } = registerDay(handle, access, session, createRoleOf(sites.isEnabled));
  const calling = createCalling(access, afterCalls, session.refresh);
  const places = createCallPlaces(access);
  const hidden = createHiddenStore();

  registerSession(handle, session, hidden);
  registerCalls(handle, { ...calling, places, live });
  registerHistory(handle, access);
  registerSites(handle, sites);
  registerCard(handle, access);
  registerHidden(handle, { hidden, sites });
  registerAdmin(handle, access);
  registerSelectionMenu({ ...calling, places });
});
