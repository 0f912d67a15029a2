import { type ErrorCode, errorTable } from '../../relay/contract.ts';
import type { ExtensionErrorCode } from '../reply.ts';
import type { OptionsKey } from './options-en.ts';
import type { Dictionary } from './translate.ts';

// The relay's own English sentences: one text, whether it is read here or in an answer.
const relayFailures = Object.fromEntries(
  Object.entries(errorTable).map(([code, [, sentence]]) => [`failure_${code}`, sentence]),
) as Record<`failure_${ErrorCode}`, string>;

const extensionFailures: Record<`failure_${ExtensionErrorCode}`, string> = {
  failure_not_connected:
    'This browser is not connected to your company’s relay. Connect it in the options with a code from your admin.',
  failure_relay_url_invalid: 'That is not a relay address. It looks like https://dialside.example.com; ask your admin for yours.',
  failure_relay_unreachable: 'The relay does not answer. Check the address and your network, then try again.',
  failure_relay_timeout: 'The relay took too long to answer. Try again in a moment.',
  failure_relay_not_dialside: 'There is no Dialside relay at this address. Check it with your admin.',
  failure_relay_permission_missing:
    'The browser was not allowed to reach the relay. Press Connect again and allow it when asked.',
  failure_message_refused: 'Dialside refused a request of its own. Close this view and open it again.',
  failure_extension_reloaded: 'Dialside was updated or restarted. Close this view and open it again.',
  failure_site_unsupported: 'The browser lets no extension run on this page.',
  failure_site_permission_missing:
    'The browser was not allowed to read this site, so Dialside stays off here. Switch it on again and allow it when asked.',
};

export const en = {
  ...relayFailures,
  ...extensionFailures,

  retry: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  copied: 'Copied',
  actions: 'Actions',
  open_options: 'Open the options',

  status_loading: 'Asking the relay…',
  status_ready: 'Ready · {name} · {device}',
  status_not_connected: 'Not connected. Connect this browser in the options.',
  status_not_mapped: 'No device is set for you yet. Ask your admin to add it.',
  status_device_offline: 'Your device {device} was offline. Open your softphone, then call again.',
  status_upstream_busy: 'AntBuddy is busy right now. Calls may be refused for a minute.',
  status_upstream_unreachable: 'The relay cannot reach AntBuddy. Calls will not go through.',
  status_upstream_refused: 'AntBuddy refuses the relay’s credentials. Tell your admin.',

  first_heading: 'Three steps to your first call',
  first_code: 'Get the relay address and a one-time code from your admin.',
  first_connect: 'Enter both in the options. It takes a minute, once per browser.',
  first_call: 'Open your CRM, switch Dialside on for it here, and press the button beside a number.',
  first_open: 'Connect this browser',

  site_enable: 'Call buttons on this site',
  site_none: 'No call buttons here. On your CRM’s page, press the Dialside button in the toolbar to switch them on.',

  calls_heading: 'Recent calls',
  calls_loading: 'Loading calls…',
  calls_unavailable: 'Your calls appear here once the relay answers.',
  calls_more: 'Show earlier calls',
  calls_empty: 'No calls yet. Calls you place or receive appear here.',
  calls_none_match: 'No call matches. Try fewer digits or another filter.',
  complete_to: 'Complete to {time}',
  complete_never: 'The relay is reading the history for the first time.',
  search_label: 'Search by any part of a number or name',
  search_placeholder: 'Number or name',
  search_clear: 'Clear the search',
  filters: 'Show',
  filter_all: 'All',
  filter_out: 'Out',
  filter_in: 'In',
  filter_missed: 'Missed',
  filter_recorded: 'Recorded',
  filter_todo: 'To call back',
  queue_times: '{times}×, last {ago}',
  queue_empty: 'Nobody is waiting for a call back.',
  queue_looked_back: 'Missed calls since {time}, no call with the number after',
  range: 'Days',
  range_any: 'Any day',
  range_today: 'Today',
  range_week: '7 days',
  range_month: '31 days',
  range_custom: 'Choose days',
  range_from: 'From',
  range_to: 'To',

  export_start: 'Save this list as a spreadsheet (CSV)',
  export_reading: 'Reading calls: {count} so far…',
  export_saved: 'Saved {count} calls.',
  column_time: 'Time',
  column_direction: 'Direction',
  column_outcome: 'Outcome',
  column_number: 'Number',
  column_e164: 'Number, international',
  column_name: 'Name',
  column_seconds: 'Seconds in all',
  column_talk: 'Seconds talked',
  column_recorded: 'Recorded',
  yes: 'Yes',
  no: 'No',

  dial_open: 'Call a number',
  dial_label: 'Number to call',
  dial_placeholder: 'Type or paste a number',
  dial_hint: 'Any format. Press Enter to call.',
  dial_close: 'Close the number field',
  dial_will_call: 'Will call {number}',
  dial_none: 'This is not a phone number yet. Check its digits.',
  dial_several: 'There are several numbers here. Leave one.',
  dial_renumbered: 'Old prefix; the new number is called.',
  dial_extension: 'Extension {extension}: dial it once you are connected.',

  call_back: 'Call {number}',
  call_again: 'Call {number} again',
  call_lengths: 'Talked {talk}, {total} in all',
  play_of: 'Play the recording: {who}, {time}',
  direction_outbound: 'Outgoing',
  direction_inbound: 'Incoming',
  direction_internal: 'Internal',
  outcome_answered: 'Answered',
  outcome_cancelled: 'Hung up before answer',
  outcome_busy: 'Busy',
  outcome_ivr: 'Ended in the menu',
  outcome_missed: 'Missed',
  outcome_unanswered: 'No answer',
  outcome_failed: 'Failed',

  placed_heading: 'Just placed',
  placed_dispatching: 'Placing the call…',
  placed_ringing: 'Ringing your device. Pick up to be connected.',
  placed_waiting: 'Placed. Its result follows with the history.',
  placed_failed: 'The call was not placed.',

  player_of: 'Recording of the call with {who}',
  player_controls: 'Playback',
  player_play: 'Play',
  player_pause: 'Pause',
  player_back: 'Back 10 seconds',
  player_forward: 'Forward 10 seconds',
  player_position: 'Position',
  player_position_of: '{position} of {duration}',
  player_speed: 'Speed',
  player_close: 'Close the player',
  player_volume: 'Volume',
  player_skip_silence: 'Skip silence',
  player_silence_unknown: 'Silence cannot be found in this recording',
  recording_not_yet: 'The recording is not there yet. It usually comes a few minutes after the call.',
  recording_removed: 'There is no recording of this call any more, or there never was one.',
  recording_unplayable: 'The recording cannot be played right now. Try again in a moment.',
} satisfies Dictionary;

/** Words of every view; `optionsEn` are the options' own. */
export type TextKey = keyof typeof en | OptionsKey;
