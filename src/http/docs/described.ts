/** What the pages read of the API's description: the parts of OpenAPI 3.1 that it has. */
export interface DescribedApi {
  readonly info: { readonly description: string };
  readonly paths: Named<Named<DescribedOperation>>;
  readonly components: { readonly schemas: Named<DescribedSchema> };
}

export interface DescribedOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly DescribedParameter[];
  readonly requestBody?: { readonly content: DescribedContent };
  readonly responses: Named<{ readonly description: string; readonly content?: DescribedContent }>;
}

export interface DescribedParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: DescribedSchema;
}

export interface DescribedSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly (string | number | boolean)[];
  readonly default?: unknown;
  readonly anyOf?: readonly DescribedSchema[];
  readonly items?: DescribedSchema;
  readonly properties?: Named<DescribedSchema>;
  readonly patternProperties?: Named<DescribedSchema>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

type DescribedContent = Named<{ readonly schema: DescribedSchema }>;
type Named<Value> = Readonly<Record<string, Value>>;
