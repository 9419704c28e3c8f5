import type { Setting, Typed } from './settings-of.ts';
import { SettingField } from './setting-field.tsx';

/** Those that most people set, beside the ones that must be given. */
const COMMON = ['preset', 'port', 'tls', 'username', 'secret', 'password', 'context', 'domain', 'client_id'];

/** All settings of a PBX: what it can't do without in front, and the others behind a fold. */
export function SettingsFields({
  settings,
  typed,
  isChange = false,
  onChange,
}: {
  readonly settings: readonly Setting[];
  readonly typed: Typed;
  readonly isChange?: boolean;
  readonly onChange: (typed: Typed) => void;
}) {
  const fieldOf = (setting: Setting) => (
    <SettingField
      key={setting.name}
      setting={setting}
      value={typed[setting.name] ?? ''}
      isKept={isChange && setting.secret}
      onChange={(value) => onChange({ ...typed, [setting.name]: value })}
    />
  );
  const isCommon = ({ name, required }: Setting) => required || COMMON.includes(name);
  const others = settings.filter((setting) => !isCommon(setting));
  return (
    <>
      {settings.filter(isCommon).map(fieldOf)}
      {others.length > 0 && (
        <details className="fold">
          <summary>{others.length} more settings</summary>
          <div className="form">{others.map(fieldOf)}</div>
        </details>
      )}
    </>
  );
}
