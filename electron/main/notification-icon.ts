/** The icon on notifications over D-Bus. */
import path from 'node:path';

/** Where the app is one archive, the daemon cannot read a file in it: the installed icon goes by its name. */
export function notificationIcon(assets: string): string {
  return /\.asar[\\/]/u.test(assets) ? 'portcullis' : path.join(assets, 'app/128x128.png');
}
