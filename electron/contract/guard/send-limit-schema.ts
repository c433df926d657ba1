/** A limit of a minute that came from outside. */
import { z } from 'zod';
import { highestSendLimit } from './send-limit.ts';

const most = z.int().min(1).max(highestSendLimit);
export const sendLimit = z.strictObject({ inAll: most, toOne: most });
