import { useEffect, useState } from 'preact/hooks';
import { crmSearchUrl } from '../../utils/live/crm-link.ts';
import { type AgentSettings, agentSettingsItem, liveItem, missedOfferItem } from '../../utils/storage.ts';
import { Failed } from '../ui/failed.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useItem } from '../view/use-item.ts';
import { useLoaded } from '../view/use-loaded.ts';
import { type Send, useView } from '../view/view.ts';
import { SettingSwitch } from './setting-switch.tsx';

/** A sample number, which shows the address that a template produces. */
const sample = '+84912345678';

const refreshMs = 60_000;
const getSettings = (send: Send) => send('getAgentSettings');

interface CallSettingsProps {
  region: string;
  /** Whether the company sets the CRM's search for all. */
  isCrmLocked: boolean;
}

/** How the agent is notified of calls, and the address of the CRM's search. */
export function CallSettings({ region, isCrmLocked }: CallSettingsProps) {
  const { send, t, requestNotifications } = useView();
  const { value: settings, failure, load, retry, take, refuse } = useLoaded(getSettings, refreshMs);
  const [template, setTemplate] = useState<string | null>(null);
  const [isRefused, setIsRefused] = useState(false);
  // The company's policy may be read only now, or the popup change something.
  useEffect(() => agentSettingsItem.watch(() => void load()), [load]);
  const hearsNever = useItem(liveItem)?.neverAt !== undefined;

  if (!settings) return failure ? <Failed failure={failure} retry={retry} /> : null;

  const set = async (change: Partial<AgentSettings>) => {
    const reply = await send('setAgentSettings', change);
    take(reply);
    return reply.ok;
  };
  const toggle = (name: 'badge' | 'showCaller' | 'telLinks') => () => void set({ [name]: !settings[name] });
  const notify = (name: 'notifyMissed' | 'notifyIncoming') => () => {
    // Who decides here needs no offer, and an earlier yes to it no longer counts.
    void missedOfferItem.setValue('answered');
    // Asked within the click handler: browsers reject a later permission request.
    const granted = settings[name] ? Promise.resolve(true) : requestNotifications();
    void granted.then((may) => {
      setIsRefused(!may);
      if (may) void set({ [name]: !settings[name] });
    });
  };
  const typed = isCrmLocked ? settings.crmSearch : (template ?? settings.crmSearch);
  const preview = typed.trim() === '' ? null : crmSearchUrl(typed.trim(), sample, region);
  const saveTemplate = async (event: Event) => {
    event.preventDefault();
    if (await set({ crmSearch: typed })) setTemplate(null);
  };
  const templateFault = failure?.code === 'crm_template_invalid' ? failure : null;
  const notifies = settings.notifyMissed || settings.notifyIncoming;
  return (
    <div data-testid="call-settings">
      {failure && !templateFault && <Failed failure={failure} retry={retry} />}
      {isRefused && <Notice tone="warn">{t('setting_notify_refused')}</Notice>}
      <SettingSwitch name="badge" isOn={settings.badge} onToggle={toggle('badge')} />
      <SettingSwitch name="notify_missed" isOn={settings.notifyMissed} onToggle={notify('notifyMissed')} />
      <SettingSwitch name="notify_incoming" isOn={settings.notifyIncoming} onToggle={notify('notifyIncoming')} />
      {settings.notifyIncoming && hearsNever && <Notice tone="warn">{t('setting_notify_incoming_never')}</Notice>}
      {notifies && <SettingSwitch name="show_caller" isOn={settings.showCaller} onToggle={toggle('showCaller')} />}
      <SettingSwitch name="tel_links" isOn={settings.telLinks} onToggle={toggle('telLinks')} />
      <form class="dry-run" onSubmit={saveTemplate} noValidate data-testid="crm-search">
        <Field
          label={t('setting_crm_search')}
          hint={t(isCrmLocked ? 'setting_crm_search_company' : 'setting_crm_search_hint')}
          value={typed}
          onValue={(value) => {
            setTemplate(value);
            if (templateFault) refuse(null);
          }}
          error={templateFault ? failureText(t, templateFault) : undefined}
          type="url"
          input={{
            name: 'crmSearch',
            maxLength: 2000,
            readOnly: isCrmLocked,
            placeholder: 'https://crm.example.com/search?q={number}',
          }}
        />
        {!isCrmLocked && (
          <button type="submit" class="button" disabled={typed.trim() === settings.crmSearch}>
            {t('save')}
          </button>
        )}
        <p class="dry-run-answer row-note" role="status" data-testid="crm-preview">
          {preview && t('setting_crm_preview', { url: preview })}
        </p>
      </form>
    </div>
  );
}
