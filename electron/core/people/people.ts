/** Everything behind the people page: one look at all lists, and each thing the owner can do there. */
import type { CommandHandlers } from '../../contract/api.ts';
import type { GuardView } from '../../contract/guard/guard-view.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { GatewayEvent } from '../ports.ts';
import { blockedList } from './blocked.ts';
import type { ContactCare } from './contact-care.ts';
import type { DeviceCare } from './device-care.ts';
import type { RulesDoor } from './people-parts.ts';

export interface PeopleParts {
  readonly devices: DeviceCare;
  readonly contacts: ContactCare;
  readonly rules: RulesDoor;
  /** The rules are other ones: who is blocked may be somebody else. */
  readonly onRules: () => Promise<unknown>;
  /** What the lists say may have changed; `seq` grew. */
  readonly onChange: () => void;
}

/** Events after which a list may say something else. Removing a device or a contact has none of its own. */
const telling: ReadonlySet<string> = new Set([
  'device.pair.resolved',
  'device.pair.changed',
  'node.pair.resolved',
  'config.changed',
]);

type PeopleCommand = Extract<keyof CommandHandlers, `people.${string}`>;

export class People {
  readonly #parts: PeopleParts;
  #seq = 0;
  /** As it was announced last. */
  #guard = 'unknown unknown';
  /** What each command from the people page does. */
  readonly handlers: Pick<CommandHandlers, PeopleCommand>;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    const { devices, contacts } = parts;
    this.handlers = {
      'people.list': async ({ elevate }) => this.#list(elevate),
      'people.removeContact': async (input) => this.#changing(contacts.remove(input)),
      'people.removeDevices': async (input) => this.#changing(devices.remove(input)),
      'people.revokeToken': async (input) => this.#changing(devices.revoke(input)),
      'people.rename': async (input) => this.#changing(devices.rename(input)),
      'people.rotateOwnToken': async () => this.#changing(devices.rotateOwn()),
      'people.blockRequest': async (input) => this.#changing(contacts.blockRequest(input)),
      'people.unblock': async (input) => this.#changing(contacts.unblock(input)),
    };
  }

  /** Grows whenever the lists should be read again. */
  get seq(): number {
    return this.#seq;
  }

  /** The lists may say something else now. */
  changed(): void {
    this.#seq += 1;
    this.#parts.onChange();
  }

  /** The guard plugin came or went, or somebody changed the rules: contacts and blocked people are other ones. */
  follow({ plugin, policy }: Pick<GuardView, 'plugin' | 'policy'>): void {
    const known = policy.status === 'ready' ? policy.revision : policy.status;
    const guard = `${plugin.state} ${String(known)}`;
    if (guard === this.#guard) return;
    this.#guard = guard;
    void this.#parts.onRules();
    this.changed();
  }

  event({ name }: GatewayEvent): void {
    if (telling.has(name)) this.changed();
  }

  async #list(elevate: boolean): ReturnType<CommandHandlers['people.list']> {
    const { devices, contacts, rules } = this.#parts;
    const [current, paired] = await Promise.all([rules.read(), devices.list(elevate)]);
    if (!paired.ok) return paired;
    return ok({
      contacts: await contacts.list(current),
      devices: paired.value,
      blocked: blockedList(current),
    });
  }

  /** Also after a failure: a call that was not confirmed may have happened. */
  async #changing<T>(call: Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await call;
    } finally {
      this.changed();
    }
  }
}
