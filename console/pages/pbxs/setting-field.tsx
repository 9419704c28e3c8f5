import { WandSparkles } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { newSecret } from './new-secret.ts';
import { KEPT_SECRET, type Setting } from './settings-of.ts';

/** One setting of a PBX, as its driver describes it. Empty is what it is by itself. */
export function SettingField({
  setting,
  value,
  isKept = false,
  onChange,
}: {
  readonly setting: Setting;
  readonly value: string;
  /** A secret that is set already, and stays if nothing is typed. */
  readonly isKept?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const { name, label, type, secret, choices, default: byItself } = setting;
  const help = inWords(setting.help);
  if (type === 'boolean')
    return (
      <Switch
        label={label}
        help={help}
        isSelected={value === '' ? byItself === true : value === 'true'}
        onChange={(on) => onChange(on === (byItself === true) ? '' : String(on))}
      />
    );
  if (type === 'choice')
    return (
      <Select
        name={name}
        label={label}
        help={help}
        choices={(choices ?? []).map((id) => ({ id, label: id }))}
        value={value === '' ? String(byItself ?? '') : value}
        onChange={(choice) => onChange(choice === byItself ? '' : choice)}
      />
    );
  const field = (
    <TextField
      name={name}
      label={label}
      help={help}
      type={secret ? 'password' : 'text'}
      autoComplete={secret ? 'new-password' : 'off'}
      inputMode={type === 'text' ? 'text' : 'decimal'}
      value={value}
      onChange={onChange}
      placeholder={isKept ? KEPT_SECRET : byItself === null ? '' : String(byItself)}
      {...(isKept ? {} : { isRequired: setting.required })}
      mono
    />
  );
  if (!secret || !/secret|password/.test(name)) return field;
  return (
    <div className="secret">
      {field}
      <Button look="quiet" size="small" onPress={() => onChange(newSecret())}>
        <WandSparkles aria-hidden /> Make one up
      </Button>
    </div>
  );
}

/** Help is written for pages and terminals: its marks for code say nothing here. */
function inWords(help: string): string {
  return help.replaceAll('`', '');
}
