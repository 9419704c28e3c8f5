/** What the refused order was about, for the remedy's sentence. */
export interface OrderContext {
  readonly second: string;
  readonly context: string;
  readonly dialAs: string;
}

export function extensionUnknownRemedy({ second, context, dialAs }: OrderContext): string {
  return (
    `The dialplan context ${context}, whose rights ${dialAs} has, knows no ${second}: ` +
    'dial another number, or give a dial_as that may call it.'
  );
}
