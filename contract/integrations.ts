/**
 * What to paste into programs of others so that a click in them makes a call here. In the values `<url>` is this server,
 * `<key>` a key and `<extension>` the phone of whoever clicks; everything else is the other program's own.
 */
export interface Integration {
  readonly id: string;
  readonly name: string;
  /** Where in the program. */
  readonly where: string;
  /** What goes into which field, in its order. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  /** Which key, and why that one. */
  readonly key: string;
  /** What one should know beforehand. */
  readonly notes: readonly string[];
}

export interface Filling {
  readonly url: string;
  readonly key: string;
  readonly extension: string;
}

export function fillIn(value: string, { url, key, extension }: Filling): string {
  return value.replaceAll('<url>', url).replaceAll('<key>', key).replaceAll('<extension>', extension);
}

/*
 * Sources. Dolibarr: dol_print_phone in htdocs/core/lib/functions.lib.php (substitutions, each URL-encoded, after a sprintf) and
 * lib_foot.js.php (the request, with Dolibarr's own `token`). TBDialOut: chrome/content/tbdialout.js. Vtiger:
 * help.vtiger.com/article/146992351. Zoho: www.zoho.com/phonebridge/developer/v3/clicktodial.html.
 */
export const INTEGRATIONS: readonly Integration[] = [
  {
    id: 'dolibarr',
    name: 'Dolibarr',
    where:
      'Home, Setup, Modules: switch ClickToDial on, and open its settings. Then the ClickToDial tab of each user.',
    fields: [
      {
        label: 'URL, in the settings of the module',
        value: '<url>/c2c/v2?dial_first=__PHONEFROM__&dial_second=__PHONETO__&api_key=__PASS__&ignore=token',
      },
      { label: 'Phone, of each user', value: '<extension>' },
      { label: 'Password, of each user', value: '<key>' },
    ],
    key: 'One for each user, with allow_first their own extension and allow_origin the address of Dolibarr: the request comes from their browser, which can read the answer only then.',
    notes: [
      'Dolibarr says “Error: error” where the browser may not read the answer, also when the phone rings: it is the missing allow_origin.',
      'It adds a token of its own to the request. ignore=token lets that pass, and keeps it out of the journal.',
      'Keep a percent sign out of the URL: Dolibarr reads it as a placeholder of its older form.',
    ],
  },
  {
    id: 'vtiger',
    name: 'Vtiger (cloud)',
    where: 'Phone Calls, settings, Provider Configuration, Add Gateway: Generic. Then its outgoing calls.',
    fields: [
      { label: 'URL, with POST and the content type FORM', value: '<url>/c2c/v2' },
      { label: 'Parameter api_key', value: '<key>' },
      { label: "Parameter dial_first: choose the user's phone", value: '<extension>' },
      { label: "Parameter dial_second: choose the customer's number", value: '' },
    ],
    key: 'One for Vtiger, with allow_first the extensions of those who use it, allow_to what they may dial, and per_minute.',
    notes: [
      "Each user's Office Phone has to be their extension.",
      'The Vtiger that one runs oneself asks its own Asterisk connector instead, and has no gateway of this kind.',
    ],
  },
  {
    id: 'zoho',
    name: 'Zoho PhoneBridge',
    where:
      'POST https://www.zohoapis.com/phonebridge/v3/clicktodial (or the domain of your region), once for each user, with the token of your PhoneBridge application.',
    fields: [
      { label: 'clicktodialuri', value: '<url>/c2c/v2' },
      { label: 'zohouser', value: "the user's id in Zoho" },
      {
        label: 'clicktodialparam',
        value:
          "[{name:api_key,value:'<key>'},{name:dial_first,value:'<extension>'},{name:dial_second,value:'{to}'},{name:ignore,value:'tonumber'}]",
      },
    ],
    key: 'One for each user, with allow_first their own extension, allow_to, and per_minute.',
    notes: [
      'Zoho posts the number as tonumber too, which ignore lets pass. Where it sends more for you, the answer names it: add it there.',
    ],
  },
  {
    id: 'tbdialout',
    name: 'Thunderbird with TBDialOut',
    where: 'Add-ons, TBDialOut, preferences: choose “Custom URL” as the URL scheme.',
    fields: [
      {
        label: 'Custom URL',
        value: '<url>/c2c/v2?dial_first=<extension>&dial_second=%NUM%&api_key=<key>',
      },
      { label: 'Replace leading + with', value: '+' },
    ],
    key: 'One for each person, with allow_first their own extension and allow_to.',
    notes: [
      'Without “Open in background” the answer is shown in a tab. With it a call that was refused is not seen: every answer is HTTP 200.',
    ],
  },
];
