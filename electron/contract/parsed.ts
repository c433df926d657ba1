/** What a schema lets through, as a type: written once, in the schema. Nobody changes such a value. */
import type { z } from 'zod';
import type { Json } from './gateway-config/json.ts';

export type Parsed<Schema extends z.ZodType> = Unchangeable<z.infer<Schema>>;

/** `Json` is so already, and without end. */
type Unchangeable<T> = [Json] extends [T] ? T : UnchangeableEach<T>;
type UnchangeableEach<T> = T extends object ? { readonly [K in keyof T]: Unchangeable<T[K]> } : T;
