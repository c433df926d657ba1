import { expect, it } from 'vitest';
import { silenceErrorTexts } from '../../contract/config-texts.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { Notices } from '../notices.ts';
import { switchFromTray } from './switch-from-tray.ts';

it('says in the window what a press in the tray could not do, until one could', async () => {
  const notices = new Notices(null);
  const seen: (readonly string[])[] = [];
  const press = async (answer: Result<null>): Promise<Result<null>> =>
    switchFromTray(
      {
        silence: { switchAtOnce: () => Promise.resolve(answer) },
        notices,
        onChange: () => seen.push(notices.list.map(({ text }) => text)),
      },
      'default',
      'answer',
    );
  const refused = fail(appError('bad-input', silenceErrorTexts.lookFirst));
  expect(await press(refused)).toBe(refused);
  expect(await press(ok(null))).toEqual(ok(null));
  expect(seen).toEqual([
    [
      '“Answer with a code” was not switched on from the tray. Look at it first: choose it at “Strangers on iMessage”, on the Requests page.',
    ],
    [],
  ]);
});
