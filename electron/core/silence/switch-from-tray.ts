/** A press in the tray menu: switches where nothing is to be read or confirmed, and else says where that is done. */
import { silenceModeTexts, silenceNoticeTexts } from '../../contract/config-texts.ts';
import type { Result } from '../../contract/result.ts';
import type { SilenceMode } from '../../contract/silence.ts';
import type { Notices } from '../notices.ts';
import type { Silence } from './silence.ts';

const noticeId = 'silence-from-tray';

export interface TraySwitchParts {
  readonly silence: Pick<Silence, 'switchAtOnce'>;
  readonly notices: Pick<Notices, 'raise' | 'withdraw'>;
  readonly onChange: () => void;
}

/** A refusal is told by a notice in the window, too. */
export async function switchFromTray(
  { silence, notices, onChange }: TraySwitchParts,
  account: string,
  to: SilenceMode,
): Promise<Result<null>> {
  const switched = await silence.switchAtOnce(account, to);
  if (switched.ok) notices.withdraw(noticeId);
  else
    notices.raise({
      id: noticeId,
      text: silenceNoticeTexts.notFromTray(silenceModeTexts[to].name, switched.error.message),
    });
  onChange();
  return switched;
}
