/** What a schema lets through, as a type: written once, in the schema. Nobody changes such a value. */
import type { z } from 'zod';

export type Parsed<Schema extends z.ZodType> = Unchangeable<z.infer<Schema>>;

type Unchangeable<T> = T extends object ? { readonly [K in keyof T]: Unchangeable<T[K]> } : T;
