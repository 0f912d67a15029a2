import type { MessageData } from '../../utils/messages.ts';

/** Opens the page that a call was placed on, found by the call's key or by its number and start. */
export type OpenPage = (wanted: MessageData<'openCallPage'>) => void;
