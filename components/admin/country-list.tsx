import { useMemo, useRef, useState } from 'preact/hooks';
import { IconButton } from '../ui/icon-button.tsx';
import { useRowFocus } from '../view/use-row-focus.ts';
import { useView } from '../view/view.ts';

interface CountryListProps {
  countries: readonly string[];
  onCountries(countries: string[]): void;
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Two-letter codes that are no country of their own: groups of countries, and codes that ISO 3166 withdrew or reserved. */
const noCountry = /^(EU|EZ|UN|XA|XB|XK|ZZ|QO|AN|BU|CS|DD|FX|NT|SU|TP|YD|YU|ZR|AC|CP|CQ|DG|EA|IC|TA|UK)$/;

/** The countries that may be called, by their names. */
export function CountryList({ countries, onCountries }: CountryListProps) {
  const { t, format } = useView();
  const known = useMemo(() => {
    const codes = letters.flatMap((first) => letters.map((second) => first + second));
    const named = codes.filter((code) => !noCountry.test(code)).map((code) => [code, format.country(code)] as const);
    return named.filter(([code, name]) => name !== code).sort(([, one], [, other]) => one.localeCompare(other));
  }, [format]);
  const [chosen, setChosen] = useState('');
  const choice = useRef<HTMLSelectElement>(null);
  const box = useRef<HTMLFieldSetElement>(null);
  useRowFocus(box);
  const add = () => {
    if (chosen && !countries.includes(chosen)) onCountries([...countries, chosen]);
    setChosen('');
    choice.current?.focus();
  };
  return (
    <fieldset ref={box} class="country-list" data-testid="countries">
      <legend class="field-label">{t('policy_countries')}</legend>
      <ul>
        {countries.map((code) => (
          <li key={code} class="tag">
            {format.country(code)}
            <IconButton
              icon="close"
              label={t('policy_country_remove', { country: format.country(code) })}
              onClick={() => onCountries(countries.filter((other) => other !== code))}
            />
          </li>
        ))}
      </ul>
      {countries.length === 0 && (
        <p class="field-error" role="alert">
          {t('policy_countries_none')}
        </p>
      )}
      <div class="actions">
        <select
          ref={choice}
          class="input"
          aria-label={t('policy_country_choose')}
          value={chosen}
          // On Windows each arrow key in a closed list fires `change`, so a change alone must not add a country.
          onChange={(event) => setChosen(event.currentTarget.value)}
          data-testid="country-choice"
        >
          <option value="">{t('policy_country_choose')}</option>
          {known
            .filter(([code]) => !countries.includes(code))
            .map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </select>
        <button type="button" class="button" onClick={add} data-testid="country-add">
          {t('policy_country_add')}
        </button>
      </div>
    </fieldset>
  );
}
