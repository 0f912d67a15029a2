import type { Migration } from 'kysely/migration';
import * as first from './0001-first.ts';
import * as policy from './0002-policy.ts';
import * as notes from './0003-notes.ts';
import * as owner from './0004-owner.ts';
import * as sipDevices from './0005-sip-devices.ts';
import * as nameHolders from './0006-name-holders.ts';
import * as noteOutcomes from './0007-note-outcomes.ts';

/** In order and frozen once released: a schema change is a new entry. */
export const migrations: Record<string, Migration> = {
  '0001-first': first,
  '0002-policy': policy,
  '0003-notes': notes,
  '0004-owner': owner,
  '0005-sip-devices': sipDevices,
  '0006-name-holders': nameHolders,
  '0007-note-outcomes': noteOutcomes,
};
