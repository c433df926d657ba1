/** Takes approvals of chat contacts back, and blocks and unblocks people. Blocking is a rule of the send guard. */
import type { DecideInput } from '../../contract/schemas.ts';
import type { RulesView } from '../../contract/guard/guard-view.ts';
import type { RuleChange } from '../../contract/guard/rule-change.ts';
import type { ContactsListView } from '../../contract/people.ts';
import type { RemoveContactInput } from '../../contract/schemas.ts';
import { blockedNotes, peopleErrorTexts } from '../../contract/people-texts.ts';
import { appError, fail, ok, type AppError, type Result } from '../../contract/result.ts';
import { callError } from './call-failure.ts';
import { contactAddress, readContacts, removeContactMethod } from './contacts.ts';
import type { ContactCareParts } from './people-parts.ts';

/** Somebody else changed the rules in between: our change is the same on any rules, so it is simply made again. */
const attempts = 3;

export class ContactCare {
  readonly #parts: ContactCareParts;

  constructor(parts: ContactCareParts) {
    this.#parts = parts;
  }

  async list(rules: Result<RulesView>): Promise<ContactsListView> {
    const { request, offers, logger, approved } = this.#parts;
    return readContacts({
      request,
      offers,
      logger,
      approved,
      policy: rules.ok ? rules.value.policy : null,
    });
  }

  async remove({ channel, account, entry, block }: RemoveContactInput): Promise<Result<null>> {
    if (!this.#parts.offers(removeContactMethod)) return fail(needsPlugin);
    const person = block ? await this.#understand(channel, entry) : ok(null);
    if (!person.ok) return person;
    const removed = await this.#parts.request(removeContactMethod, { channel, account, contact: entry });
    if (!removed.ok) {
      const { code, detail, message } = removed.error;
      this.#parts.logger.log('warn', 'contact-not-removed', { code, detail, message });
      return fail(callError(removed.error));
    }
    if (person.value === null) return ok(null);
    const blocked = await this.#block(channel, person.value, blockedNotes.contact);
    return blocked.ok ? blocked : fail(after(peopleErrorTexts.removedNotBlocked, blocked.error));
  }

  /** Denies this request and blocks whoever asks. Nothing is denied when blocking is certain to fail. */
  async blockRequest(input: DecideInput): Promise<Result<null>> {
    const sender = this.#parts.chatSender(input.key);
    if (sender === null) return fail(appError('request-gone', peopleErrorTexts.gone));
    const person = await this.#understand(sender.channel, sender.senderId);
    if (!person.ok) return person;
    const denied = await this.#parts.deny(input);
    if (!denied.ok) return denied;
    const blocked = await this.#block(sender.channel, person.value, blockedNotes.request);
    return blocked.ok ? blocked : fail(after(peopleErrorTexts.deniedNotBlocked, blocked.error));
  }

  async unblock(person: { readonly channel: string; readonly to: string }): Promise<Result<null>> {
    return this.#change({ type: 'unblock', people: [person] });
  }

  /** @returns the address the rules will know this person by */
  async #understand(channel: string, spelling: string): Promise<Result<string>> {
    const rules = await this.#parts.rules.read();
    if (!rules.ok) return rules;
    if (rules.value.status === 'unreadable') return fail(rulesUnreadable);
    const address = contactAddress(channel, spelling, rules.value.policy);
    return address === null
      ? fail(appError('rules-invalid', peopleErrorTexts.addressNotUnderstood))
      : ok(address);
  }

  async #block(channel: string, to: string, note: string): Promise<Result<null>> {
    return this.#change({ type: 'block', people: [{ channel, to, note }] });
  }

  async #change(change: RuleChange): Promise<Result<null>> {
    const { rules, onBlocked } = this.#parts;
    let outcome: Result<unknown> = fail(rulesUnreadable);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const current = await rules.read();
      if (!current.ok) return current;
      outcome = await rules.change({ revision: current.value.policy.revision, change });
      if (outcome.ok || outcome.error.code !== 'rules-changed') break;
    }
    if (!outcome.ok) return outcome;
    await onBlocked();
    return ok(null);
  }
}

const needsPlugin = appError('unsupported', peopleErrorTexts.contactNeedsPlugin);
const rulesUnreadable = appError(
  'rules-unreadable',
  'The send rules cannot be read, so nobody can be blocked now. Restore them first.',
);

function after(text: (why: string) => string, { code, message, retryable }: AppError): AppError {
  return appError(code, text(message), retryable);
}
