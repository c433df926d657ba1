/**
 * The environment the real imsg gets: fixed, so that a caller cannot choose its database, its libraries or the programs
 * a wrapper around it runs.
 */
import { userInfo } from 'node:os';
import type { TransportConfig } from '../../electron/contract/guard/transport-config.ts';

/** How the machine is set up; none of it changes who is written to. */
const handedOn = /^(?:LANG|LC_[A-Z]+|TZ|TMPDIR|TERM|SSH_AUTH_SOCK)$/u;
const path = '/usr/bin:/bin:/usr/sbin:/sbin:/opt/homebrew/bin:/usr/local/bin';

export function imsgEnvironment({ home }: TransportConfig, inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(inherited).filter(([name]) => handedOn.test(name));
  const user = userInfo();
  const own = { USER: user.username, LOGNAME: user.username, HOME: home ?? user.homedir, PATH: path };
  return { ...Object.fromEntries(kept), ...own };
}
