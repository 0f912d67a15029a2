import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Policy, PolicyVersion } from '../../relay/contract.ts';
import type { Failure } from '../../utils/reply.ts';
import { createStepUp } from '../agents/step-up.ts';
import { StepUpPrompt } from '../agents/step-up-prompt.tsx';
import { CheckList } from '../ui/check-list.tsx';
import { Failed } from '../ui/failed.tsx';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { isSame, rebaseFields } from '../view/rebase-fields.ts';
import { useView } from '../view/view.ts';
import { CountryList } from './country-list.tsx';
import { DryRun } from './dry-run.tsx';
import { NumberField } from './number-field.tsx';
import { faultOf, limits, type PolicyPart } from './policy-draft.ts';
import { SalesHours } from './sales-hours.tsx';

const classes = ['toll_free', 'shared_cost', 'premium', 'satellite', 'short', 'other'] as const;
const caps = ['agentPerMinute', 'agentPerDay', 'companyPerMinute', 'companyPerDay'] as const;

/** The rules that every call is checked against before it is placed. */
export default function PolicyPanel() {
  const { send, t, format } = useView();
  const stepUp = useMemo(() => createStepUp(send), [send]);
  const [current, setCurrent] = useState<PolicyVersion | null>(null);
  const [draft, setDraft] = useState<Policy | null>(null);
  const [both, setBoth] = useState<PolicyPart[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  // The form stays editable while a request or the passphrase prompt is pending.
  const latest = useRef(draft);
  latest.current = draft;

  const load = async (): Promise<PolicyVersion | null> => {
    const reply = await send('getPolicy');
    setFailure(reply.ok ? null : reply.error);
    if (!reply.ok) return null;
    setCurrent(reply.value);
    return reply.value;
  };
  useEffect(() => void load().then((found) => found && setDraft(found.policy)), [send]);

  if (!draft || !current)
    return failure ? (
      <Failed failure={failure} retry={() => void load().then((found) => found && setDraft(found.policy))} />
    ) : (
      <p role="status">{t('status_loading')}</p>
    );

  const set = (change: Partial<Policy>) => {
    setIsSaved(false);
    setDraft({ ...draft, ...change });
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (busy || faultOf(draft)) return;
    setBusy(true);
    setFailure(null);
    setBoth([]);
    const reply = await stepUp.run(() => send('savePolicy', { version: current.version, policy: draft }));
    setBusy(false);
    const typed = () => latest.current ?? draft;
    if (reply.ok) {
      setCurrent(reply.value);
      setIsSaved(typed() === draft);
      return setDraft(rebaseFields(typed(), draft, reply.value.policy).draft);
    }
    const newer = reply.error.code === 'version_conflict' ? await load() : null;
    setFailure(reply.error);
    if (!newer) return;
    const carried = rebaseFields(typed(), current.policy, newer.policy);
    setDraft(carried.draft);
    setBoth(carried.both);
  };
  const fault = faultOf(draft);
  return (
    <>
      <StepUpPrompt stepUp={stepUp} />
      <form class="policy" onSubmit={save} noValidate data-testid="policy">
        <CountryList countries={draft.countries} onCountries={(countries) => set({ countries })} />
        <CheckList
          legend={t('policy_classes')}
          options={classes.map((name) => [name, t(`class_${name}`)] as const)}
          chosen={draft.openClasses}
          onChosen={(openClasses) => set({ openClasses })}
        />
        <fieldset>
          <legend class="field-label">{t('policy_caps')}</legend>
          <div class="editor-fields">
            {caps.map((name) => (
              <NumberField
                key={name}
                name={name}
                label={t(`policy_${name}`)}
                value={draft.caps[name]}
                limits={limits.cap}
                onValue={(value) => set({ caps: { ...draft.caps, [name]: value } })}
              />
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend class="field-label">{t('policy_burst')}</legend>
          <div class="editor-fields">
            <NumberField
              name="burst-calls"
              label={t('policy_burst_calls')}
              value={draft.burst.calls}
              limits={limits.cap}
              onValue={(calls) => set({ burst: { ...draft.burst, calls } })}
            />
            <NumberField
              name="burst-minutes"
              label={t('policy_burst_minutes')}
              value={draft.burst.minutes}
              limits={limits.minutes}
              onValue={(minutes) => set({ burst: { ...draft.burst, minutes } })}
            />
          </div>
        </fieldset>
        <SalesHours hours={draft.salesHours} onHours={(salesHours) => set({ salesHours })} />
        <div class="editor-fields">
          <NumberField
            name="history-days"
            label={t('policy_history_days')}
            value={draft.historyDays}
            limits={limits.historyDays}
            onValue={(historyDays) => set({ historyDays })}
          />
        </div>
        <fieldset>
          <legend class="field-label">{t('policy_recordings')}</legend>
          <label class="check">
            <input
              type="checkbox"
              checked={draft.recordingDownload}
              aria-describedby="policy-download-hint"
              onChange={(event) => set({ recordingDownload: event.currentTarget.checked })}
              data-testid="policy-download"
            />
            {t('policy_download')}
          </label>
          <p id="policy-download-hint" class="field-hint">
            {t('policy_download_hint')}
          </p>
        </fieldset>
        {failure && (
          <Notice tone={failure.code === 'version_conflict' ? 'warn' : 'bad'}>
            {failureText(t, failure)}
            {both.length > 0 && ` ${t('policy_both', { parts: both.map((part) => t(`part_${part}`)).join(', ') })}`}
          </Notice>
        )}
        <div class="actions">
          <button
            type="submit"
            class="button button-primary"
            aria-busy={busy}
            disabled={fault !== null || isSame(draft, current.policy)}
          >
            {t('save')}
          </button>
          <p class="table-count" role="status">
            {isSaved && t('policy_saved')}
            {!isSaved && current.at !== null && t('policy_since', { time: format.moment(current.at, Date.now()) })}
            {!isSaved && current.at === null && t('policy_defaults')}
          </p>
        </div>
      </form>
      <DryRun version={current.version} />
    </>
  );
}
