import { Type, type TSchema } from 'typebox';
import { orNull } from './common.ts';

/** One page of a list. */
export function page<Item extends TSchema>(item: Item, description: string) {
  return Type.Object({
    items: Type.Array(item, { description }),
    next: orNull(
      Type.String({ description: 'The `cursor` of the next page; null: this is the last one for now.' }),
    ),
  });
}

/** The parameters of a list. */
export function pageQuery({ limit, limitMax }: { readonly limit: number; readonly limitMax: number }) {
  return {
    cursor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'The next of another page, as it is.' }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: limitMax, default: limit, description: 'Items on a page.' }),
    ),
  };
}
