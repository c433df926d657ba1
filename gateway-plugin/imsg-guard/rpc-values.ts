/** The values imsg takes in JSON, as its strict versions do; lenient ones make something of others, which is refused. */
import { z } from 'zod';
import type { Role } from './parameters.ts';

const wellFormed = z.string().refine((text) => text.isWellFormed());
const name = wellFormed.min(1);
const short = wellFormed.max(400);
const row = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^[0-9]{1,15}$/u)
    .transform(Number),
]);
/** Ranges of a text and how they look; nothing long enough to say something. */
const look = z.union([z.number(), z.boolean(), wellFormed.max(60), z.array(wellFormed.max(60)).max(20)]);
const formatting = z.array(z.record(wellFormed.max(40), look)).max(2_000);
const part = z.strictObject({ text: wellFormed, text_formatting: formatting.optional() });

const values: Readonly<Record<Role, z.ZodType>> = {
  person: name,
  people: z.array(name).min(1).max(100),
  chat: name.transform((text) => text.trim()),
  row,
  'row-or-chat': z.never(),
  text: wellFormed,
  texts: z.array(wellFormed).max(100),
  parts: z.array(part).min(1).max(20),
  file: name,
  word: short,
  formatting,
  id: z.union([short, z.int()]),
  whole: z.int(),
  flag: z.boolean(),
  region: wellFormed,
  json: z.never(),
  'json-file': z.never(),
};

/** @returns undefined for what imsg's versions read differently, or not at all */
export function readValue(role: Role, value: unknown): unknown {
  const read = values[role].safeParse(value);
  return read.success ? read.data : undefined;
}

/** Empty texts and null stand for nothing where somebody or something is named. */
export function isGiven(role: Role, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return value !== '' || role === 'text' || role === 'word';
}

const scalar = z.union([wellFormed, z.number(), z.boolean()]);
const plain = z.union([scalar, z.array(scalar)]);

/** What may stand in a call nobody else notices. */
export function readPlain(value: unknown): unknown {
  const read = plain.safeParse(value);
  return read.success ? read.data : undefined;
}
