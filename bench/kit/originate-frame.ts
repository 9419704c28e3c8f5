import { planCall } from '../../src/calls/plan-call.ts';
import { encodeAction } from '../../src/pbx/asterisk-ami/encoder.ts';
import { AMI_SETTINGS, manifest } from '../../src/pbx/asterisk-ami/manifest.ts';
import { originateHeaders } from '../../src/pbx/asterisk-ami/originate.ts';
import { readSettings } from '../../src/pbx/settings.ts';
import { typed } from '../../src/pbx/setting-types.ts';
import { amiPbx, STUB_USER } from './account.ts';
import { NEW_POLICY } from './new-policy.ts';

const ID = 'the-call';

/** The very originate that our driver sends for a click of this bench, cut where the call's id stands. */
export function originateFrame(): string[] {
  const reading = readSettings(manifest, amiPbx('main', 1, STUB_USER).settings);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const facts = { id: 'pbx', name: 'main', kind: manifest.kind, namesAllowed: false };
  const planning = planCall(ID, { dialFirst: '101', dialSecond: '199', timeout: '20' }, [facts], NEW_POLICY);
  if (!planning.ok) throw new Error('The click of this bench is refused.');
  // What the lab's Asterisk says of its extension 101 (test/lab/pbx-people.ts).
  const dialAs = {
    extension: '101',
    context: 'default',
    callerId: { name: 'Alice', number: '101' },
    accountCode: 'sales',
  };
  const { plan } = planning;
  const headers = originateHeaders(
    plan,
    { firstIsExtension: true, dialAs },
    typed(AMI_SETTINGS, reading.settings),
  );
  return encodeAction('Originate', [['ActionID', plan.channelId], ...headers]).split(plan.channelId);
}
