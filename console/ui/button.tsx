import { createLink } from '@tanstack/react-router';
import { forwardRef } from 'react';
import {
  Button as AriaButton,
  Link as AriaLink,
  type ButtonProps as AriaButtonProps,
  type LinkProps,
} from 'react-aria-components';
import './button.css';

export interface Look {
  /** `main`: the one thing to do here. `plain`: everything else. `danger`: what can't be taken back. `quiet`: in rows and bars. */
  readonly look?: 'main' | 'plain' | 'danger' | 'quiet';
  readonly size?: 'normal' | 'small' | 'large';
}

function classOf({ look = 'plain', size = 'normal' }: Look, more = ''): string {
  return `button button-${look} button-${size} ${more}`;
}

type ButtonProps = Omit<AriaButtonProps, 'className' | 'style'> & Look & { readonly className?: string };

/** While it is pending it keeps its width and its focus, and can't be pressed again. */
export function Button({ look, size, className, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={classOf({ ...(look && { look }), ...(size && { size }) }, className)} />
  );
}

type LookedLinkProps = Omit<LinkProps, 'className' | 'style'> & Look;

const LookedLink = forwardRef<HTMLAnchorElement, LookedLinkProps>(function LookedLink(
  { look, size, ...props },
  ref,
) {
  return (
    <AriaLink {...props} ref={ref} className={classOf({ ...(look && { look }), ...(size && { size }) })} />
  );
});

/** A link to another page that looks like a button. */
export const LinkButton = createLink(LookedLink);
