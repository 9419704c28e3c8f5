import { TextField } from '../../ui/field.tsx';

export function NewPasswordField() {
  return (
    <TextField
      name="password"
      label="Password"
      type="password"
      autoComplete="new-password"
      minLength={10}
      help="At least 10 characters; a few words are better than odd signs."
      isRequired
    />
  );
}

/** Who somebody is, and how they will log in. */
export function PersonFields() {
  return (
    <>
      <TextField name="name" label="Your name" autoComplete="name" isRequired autoFocus />
      <TextField name="email" label="E-mail" type="email" autoComplete="username" isRequired />
      <NewPasswordField />
    </>
  );
}
