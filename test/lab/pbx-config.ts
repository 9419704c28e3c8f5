import type { Certificate } from './certificate.ts';
import { freepbxDialplan, plainDialplan } from './pbx-dialplan.ts';
import { freepbxUsers, type Endpoint } from './pbx-people.ts';
import type { PortBlock } from './port-block.ts';

/** Someone who may log in at the manager interface. */
export interface AmiUser {
  readonly username: string;
  readonly secret: string;
}

/** The manager users of every lab. */
export const amiUsers = {
  /** What we ask customers for: no more than is needed. */
  c2c: { username: 'c2c', secret: 'lab-secret-of-c2c' },
  /** As the setup guide has it: without the events that nobody reads. */
  lean: { username: 'lean', secret: 'lab-secret-of-lean' },
  /** May originate, and is told nothing of what becomes of it. */
  deaf: { username: 'deaf', secret: 'lab-secret-of-deaf' },
  /** May read, but not originate. */
  noright: { username: 'noright', secret: 'lab-secret-of-noright' },
  /** May do everything, `system` and `command` included. */
  toomuch: { username: 'toomuch', secret: 'lab-secret-of-toomuch' },
} as const satisfies Record<string, AmiUser>;

/** The ARI user of every lab, with write access. */
export const ariUser: AmiUser = { username: 'c2c', secret: 'lab-secret-of-ari' };

/** The folders of one lab; all inside its own folder. */
export interface LabFolders {
  readonly etc: string;
  readonly db: string;
  readonly spool: string;
  readonly run: string;
  readonly log: string;
}

/** Everything the configuration of one lab is made of. */
export interface PbxSettings {
  readonly directories: Readonly<Record<string, string>>;
  readonly folders: LabFolders;
  readonly ports: PortBlock;
  readonly certificate: Certificate;
  readonly endpoints: readonly Endpoint[];
  /** The SIP port of the phone of each endpoint that has one. */
  readonly phonePorts: ReadonlyMap<string, number>;
  readonly benchWaitSeconds: number;
}

/** The configuration files of one lab, by name. */
export function pbxConfig(settings: PbxSettings): Record<string, string> {
  return {
    ...Object.fromEntries(emptyFiles.map((name) => [name, ''])),
    'asterisk.conf': asteriskConf(settings),
    'modules.conf': modulesConf,
    'logger.conf': '[general]\n[logfiles]\nmessages => notice,warning,error\n',
    'manager.conf': managerConf(settings),
    'http.conf': `[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport=${settings.ports.http}\n`,
    'ari.conf': `[general]\nenabled=yes\n[${ariUser.username}]\ntype=user\nread_only=no\npassword=${ariUser.secret}\n`,
    'rtp.conf': `[general]\nrtpstart=${settings.ports.rtpFirst}\nrtpend=${settings.ports.rtpLast}\nstrictrtp=no\n`,
    'cdr.conf':
      '[general]\nenable=yes\nunanswered=yes\ncongestion=yes\n[csv]\nusegmtime=yes\nloguniqueid=yes\naccountlogs=no\n',
    'cli.conf': startupCommands(),
    'extensions.conf': `${plainDialplan(settings.benchWaitSeconds)}${freepbxDialplan}`,
    'pjsip.conf': pjsipConf(settings),
  };
}

function asteriskConf({ directories, folders }: PbxSettings): string {
  const all = {
    ...directories,
    astkeydir: folders.db,
    astetcdir: folders.etc,
    astdbdir: folders.db,
    astspooldir: folders.spool,
    astrundir: folders.run,
    astlogdir: folders.log,
  };
  const lines = Object.entries(all).map(([name, path]) => `${name} => ${path}`);
  return `[directories]\n${lines.join('\n')}\n[options]\nnocolor=yes\nhideconnect=yes\n`;
}

/** Asterisk complains of each of these that is not there, and res_websocket_client does not load without its own. */
const emptyFiles = [
  'acl.conf',
  'aeap.conf',
  'ccss.conf',
  'cel.conf',
  'chan_websocket.conf',
  'geolocation.conf',
  'pjproject.conf',
  'pjsip_notify.conf',
  'pjsip_wizard.conf',
  'res_fax.conf',
  'res_http_media_cache.conf',
  'res_parking.conf',
  'statsd.conf',
  'stir_shaken.conf',
  'udptl.conf',
  'websocket_client.conf',
];

/** Hardware, databases and listeners on every address have no place in a lab. */
const modulesConf = `
[modules]
autoload=yes
${[
  'app_adsiprog',
  'app_agent_pool',
  'app_alarmreceiver',
  'app_amd',
  'app_confbridge',
  'app_festival',
  'app_followme',
  'app_getcpeid',
  'app_jack',
  'app_minivm',
  'app_page',
  'app_queue',
  'app_voicemail',
  'app_voicemail_odbc',
  'cdr_adaptive_odbc',
  'cdr_custom',
  'cdr_manager',
  'cdr_odbc',
  'cdr_pgsql',
  'cdr_radius',
  'cdr_sqlite3_custom',
  'cdr_tds',
  'cel_custom',
  'cel_manager',
  'cel_odbc',
  'cel_pgsql',
  'cel_radius',
  'cel_sqlite3_custom',
  'cel_tds',
  'chan_alsa',
  'chan_console',
  'chan_dahdi',
  'chan_iax2',
  'chan_mgcp',
  'chan_motif',
  'chan_oss',
  'chan_sip',
  'chan_skinny',
  'chan_unistim',
  'func_odbc',
  'pbx_ael',
  'pbx_dundi',
  'pbx_lua',
  'res_adsi',
  'res_calendar',
  'res_calendar_caldav',
  'res_calendar_ews',
  'res_calendar_exchange',
  'res_calendar_icalendar',
  'res_clialiases',
  'res_config_ldap',
  'res_config_odbc',
  'res_config_pgsql',
  'res_config_sqlite3',
  'res_fax_spandsp',
  'res_hep',
  'res_hep_pjsip',
  'res_hep_rtcp',
  'res_odbc',
  'res_odbc_transaction',
  'res_phoneprov',
  'res_pjsip_phoneprov_provider',
  'res_pjsip_stir_shaken',
  'res_prometheus',
  'res_smdi',
  'res_snmp',
  'res_stir_shaken',
  'res_stun_monitor',
  'res_xmpp',
]
  .map((name) => `noload => ${name}.so`)
  .join('\n')}
`;

function managerConf({ ports, certificate }: PbxSettings): string {
  const { c2c, lean, deaf, noright, toomuch } = amiUsers;
  return `
[general]
enabled=yes
bindaddr=127.0.0.1
port=${ports.ami}
tlsenable=yes
tlsbindaddr=127.0.0.1:${ports.amiTls}
tlscertfile=${certificate.certificate}
tlsprivatekey=${certificate.key}
${managerUser(c2c, 'call', 'originate,call,reporting')}
${managerUser(lean, 'call', 'originate,call,reporting')}
${leanEvents.map((name) => `eventfilter(action(include),name(${name}),method(contains)) = c2c-`).join('\n')}
${managerUser(deaf, 'reporting', 'originate,call,reporting')}
${managerUser(noright, 'call', 'reporting')}
${managerUser(toomuch, 'all', 'all')}
`;
}

/** Those that the setup guide has filters for. */
const leanEvents = [
  'DialBegin',
  'DialState',
  'DialEnd',
  'OriginateResponse',
  'BridgeEnter',
  'AttendedTransfer',
  'HangupRequest',
  'Hangup',
];

function managerUser({ username, secret }: AmiUser, read: string, write: string): string {
  const where = 'deny=0.0.0.0/0.0.0.0\npermit=127.0.0.1/255.255.255.255';
  return `[${username}]\nsecret=${secret}\n${where}\nread=${read}\nwrite=${write}\nwritetimeout=5000\n`;
}

/** Asterisk runs these at each start, so AstDB is filled as soon as it is up. */
function startupCommands(): string {
  const entries = freepbxUsers.flatMap(({ number, name, outbound }) => [
    `DEVICE/${number} user ${number}`,
    `DEVICE/${number} dial PJSIP/${number}`,
    `AMPUSER/${number} cidname ${name}`,
    `AMPUSER/${number} cidnum ${number}`,
    `AMPUSER/${number} device ${number}`,
    ...(outbound === undefined ? [] : [`AMPUSER/${number} outboundcid "${outbound.replaceAll('"', '\\"')}"`]),
  ]);
  const all = [...entries, 'DEVICE/309 user none', lastStartupEntry];
  return `[startup_commands]\n${all.map((entry) => `database put ${entry} = yes`).join('\n')}\n`;
}

/** The last thing written to AstDB: when it is there, all of it is. */
export const lastStartupEntry = 'lab filled yes';

function pjsipConf({ ports, endpoints, phonePorts }: PbxSettings): string {
  const head = `
[transport-udp]
type=transport
protocol=udp
bind=127.0.0.1:${ports.sip}
`;
  return [head, ...endpoints.map((endpoint) => endpointConf(endpoint, phonePorts.get(endpoint.name)))].join(
    '\n',
  );
}

function endpointConf(endpoint: Endpoint, port: number | undefined): string {
  const { name, context, callerId, account, soundlessSeconds } = endpoint;
  // The carrier's contact has no user: the dialled number takes its place.
  const user = name === 'carrier' ? '' : `${name}@`;
  const lines = [
    `[${name}]\ntype=aor`,
    ...(port === undefined ? [] : [`contact=sip:${user}127.0.0.1:${port}`]),
    `[${name}]\ntype=endpoint\ncontext=${context}\naors=${name}\ntransport=transport-udp`,
    'disallow=all\nallow=ulaw,alaw\nsend_pai=yes\ntrust_id_outbound=yes\nmedia_address=127.0.0.1\nbind_rtp_to_media_address=yes',
    ...(callerId === undefined ? [] : [`callerid=${callerId}`]),
    ...(account === undefined ? [] : [`accountcode=${account}`]),
    ...(soundlessSeconds === undefined ? [] : [`rtp_timeout=${soundlessSeconds}`]),
  ];
  return `${lines.join('\n')}\n`;
}
