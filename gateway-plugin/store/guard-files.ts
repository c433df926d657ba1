/** Where the guard keeps its files: one folder in the gateway's state folder, shared by plugin and transport guard. */
import { join } from 'node:path';
import { guardFolder, transportFolder } from '../../electron/contract/guard/guard-folder.ts';

export interface GuardFiles {
  readonly root: string;
  readonly policy: string;
  /** Copy of the last policy that could be read; what counts while `policy` cannot. */
  readonly lastGood: string;
  /** The policy as Portcullis wrote it last: who reads something else tells the owner. */
  readonly written: string;
  readonly policyLock: string;
  /** What the transport guard looks up, made from the policy. */
  readonly preparedRules: string;
  readonly spool: string;
  /** One byte per stopped message that found the spool full. */
  readonly spoolOverflow: string;
  readonly claims: string;
  readonly tickets: string;
  readonly conversations: string;
  /** Private copies of files on their way out. */
  readonly outbox: string;
  /** One empty file per address that was written to or wrote, named by its hash. */
  readonly contacts: string;
  /** Installed transport guards, one folder per account. */
  readonly imsgGuard: string;
}

export function guardFiles(stateDir: string): GuardFiles {
  const root = join(stateDir, guardFolder);
  return {
    root,
    policy: join(root, 'policy.json'),
    lastGood: join(root, 'policy.last-good.json'),
    written: join(root, 'policy.written.json'),
    policyLock: join(root, 'policy.lock'),
    preparedRules: join(root, 'policy.prepared'),
    spool: join(root, 'spool'),
    spoolOverflow: join(root, 'spool.overflow'),
    claims: join(root, 'claims'),
    tickets: join(root, 'tickets'),
    conversations: join(root, 'conversations.json'),
    outbox: join(root, 'outbox'),
    contacts: join(root, 'contacts'),
    imsgGuard: join(root, transportFolder),
  };
}
