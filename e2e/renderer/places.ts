/** Where built and recorded things are. */
import path from 'node:path';

export const repoDir = path.resolve(import.meta.dirname, '../..');
/** A build of its own: dist/ belongs to the apps that may run at the same time. */
export const windowDir = path.join(repoDir, 'artifacts/window');
export const fakeAppDir = path.join(repoDir, 'artifacts/fake-app');
export const screensDir = path.join(repoDir, 'artifacts/screens');
