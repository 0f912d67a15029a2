import type { MessageData } from '../../utils/messages.ts';

/** Brings up the page that a call was placed on: by the call's key, or its number and begin. */
export type OpenPage = (wanted: MessageData<'openCallPage'>) => void;
