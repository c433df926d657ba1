/** A turn of the assistant in which it uses a tool that needs the gateway's own authority. */
import type { ScriptedMessages } from '../../build/demo/scripted-messages.ts';
import { waitUntil } from '../../build/demo/wait-until.ts';
import { turnDeadline } from './guarded-gateway.fixture.ts';

/** @returns what the assistant answers this person after the tool; the tool's error when it failed */
export async function toolAnswer(imsg: ScriptedMessages, person: string): Promise<string> {
  const since = (await imsg.sent()).length;
  await imsg.receive(person, 'TOOL sessions_list {}');
  return waitUntil(
    'The answer after the tool',
    async () =>
      (await imsg.sent())
        .slice(since)
        .find((sent) => imsg.isFor(person, sent) && sent.text.startsWith('DONE:'))?.text,
    turnDeadline,
  );
}
