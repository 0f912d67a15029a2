/**
 * The mobile prefixes that Vietnam renumbered in 2018 (Ministry of Information and Communications, decision 798/QĐ-BTTTT),
 * without the leading 0: old three digits → new two. The relay applies the same table to AntBuddy's histories. A literal, so that
 * scripts that do not use it, such as that of a page, are built without it.
 */
export const renumberedPrefixes: Record<string, string> = {
  120: '70',
  121: '79',
  122: '77',
  126: '76',
  128: '78',
  123: '83',
  124: '84',
  125: '85',
  127: '81',
  129: '82',
  162: '32',
  163: '33',
  164: '34',
  165: '35',
  166: '36',
  167: '37',
  168: '38',
  169: '39',
  186: '56',
  188: '58',
  199: '59',
};

/** Today's national significant number of an eleven-digit mobile written before 2018, or undefined. */
export function renumberedMobile(national: string, prefixes: Record<string, string>): string | undefined {
  const fresh = national.length === 10 ? prefixes[national.slice(0, 3)] : undefined;
  return fresh && fresh + national.slice(3);
}

/** An old Vietnamese mobile, with any prefix or none, as dialled today: `+841693608879` → `0393608879`. Others stay unchanged. */
export function renewMobile(written: string): string {
  const fresh = renumberedMobile(written.replace(/^(\+84|(00)?84|0)(?=1\d{9}$)/, ''), renumberedPrefixes);
  return fresh ? `0${fresh}` : written;
}
