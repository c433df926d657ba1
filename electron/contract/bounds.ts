/** Bounds of what a window may send. The gateway itself has the last word on most of it. */
import { z } from 'zod';

/** A request key is `<kind>:<id>`; gateway ids are at most 64 characters today. */
export const requestKey = z.string().min(3).max(300);
export const revision = z.int().nonnegative();
export const channelName = z.string().min(1).max(64);
export const accountName = z.string().min(1).max(128);
/** Of a person, in any spelling. */
export const address = z.string().min(1).max(400);
/** A country code such as "AT"; null: none. */
export const region = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .nullable();
/** Epoch ms. */
export const moment = z.int().nonnegative();
/** Of a preview or an edit, as the app named it. */
export const planId = z.string().min(1).max(100);
