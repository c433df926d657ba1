/** Remembers how long each step took and how many tests it ran, so that the next run can say what is left. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const pastTime = z.object({ seconds: z.number().nonnegative(), tests: z.number().nonnegative() });
const pastTimes = z.record(z.string(), pastTime);

export type PastTime = z.infer<typeof pastTime>;
/** By the kind of run and step, `full/proof`: a longer form takes longer. */
export type PastTimes = Readonly<Record<string, PastTime>>;

/** @returns nothing where nothing readable was left */
export async function readPastTimes(file: string): Promise<PastTimes> {
  try {
    return pastTimes.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}

/** What is not in `times` stays as it was. */
export async function rememberTimes(file: string, times: PastTimes): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...(await readPastTimes(file)), ...times }, null, 2)}\n`);
}
