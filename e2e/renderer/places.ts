/** Where built and recorded things are. */
import path from 'node:path';

export const repoDir = path.resolve(import.meta.dirname, '../..');
export const windowDir = path.join(repoDir, 'dist/renderer');
export const fakeAppDir = path.join(repoDir, 'artifacts/fake-app');
export const screensDir = path.join(repoDir, 'artifacts/screens');
