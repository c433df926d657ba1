/** The settings store of the browser host: `conf`, which electron-store of the desktop host is built on. */
import Conf from 'conf';
import type { OpenStore } from './document-file.ts';

export const openConfStore: OpenStore = ({ directory, name, options }) =>
  new Conf({ ...options, cwd: directory, configName: name });
