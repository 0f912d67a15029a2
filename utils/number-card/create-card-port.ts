import { ruleOf } from '../hidden-numbers/hidden-filter.ts';
import { type HiddenRule, isHiddenBy } from '../hidden-numbers/hidden-rule.ts';
import type { CardPort } from '../page/card/card-port.ts';
import { send } from '../send-message.ts';

/**
 * Implements the card's requests as messages to the background.
 * @param onHidden receives the current hidden numbers of this site
 */
export function createCardPort(onHidden: (hidden: HiddenRule) => void): CardPort {
  return {
    // Not that of `location`, which is empty in a frame without its own address.
    site: new URL(self.origin).host,
    async describe(context) {
      const reply = await send('describeNumber', context).catch(nothing);
      return reply?.ok ? reply.value : undefined;
    },
    async past(number) {
      const reply = await send('getNumberPast', number).catch(nothing);
      return reply?.ok ? reply.value : reply;
    },
    noteOutcome: (choice) => send('noteOutcome', choice).catch(nothing),
    pickDevice: (id) => send('pickRingDevice', id).catch(nothing),
    async hide(number, text) {
      const reply = await send('hideNumber', { number, text: text.slice(0, 80) }).catch(nothing);
      if (!reply?.ok) return undefined;
      const rule = ruleOf(reply.value);
      onHidden(rule);
      return { pattern: rule.patterns.find((pattern) => isHiddenBy({ numbers: [], patterns: [pattern] }, number, text)) };
    },
    async show(number) {
      const reply = await send('showNumber', number).catch(nothing);
      if (reply?.ok) onHidden(ruleOf(reply.value));
      return reply;
    },
    leave: () => send('leaveSite').catch(nothing),
  };
}

/** The background died during the message, or the extension was reloaded: the card shows less, calls are unaffected. */
function nothing(): undefined {
  return undefined;
}
