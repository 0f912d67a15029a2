/** Words of the steps to the first call and of the sites that the company lists, loaded with what shows them. */
export const firstEn = {
  first_heading: 'Three steps to your first call',
  first_code: 'Get the relay address and a one-time code from your admin.',
  first_code_company: 'Get a one-time code from your admin.',
  first_connect: 'Enter both in the options. It takes a minute, once per browser.',
  first_connect_company: 'Enter it in the options. It takes a minute, once per browser.',
  first_call: 'Open your CRM, switch Dialside on for it here, and press the button beside a number.',
  first_call_company: 'Open your CRM and press the button beside a number.',
  first_done: 'Done:',
  first_open: 'Connect this browser',
  company_sites: 'Your company uses Dialside on these sites: {sites}.',
  company_sites_refused: 'The browser was not allowed to read {sites}. Press again and allow it when asked.',
  company_all_sites: 'all https sites',
  company_allow: 'Allow',
};
export type FirstKey = keyof typeof firstEn;
