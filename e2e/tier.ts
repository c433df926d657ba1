/** `PORTCULLIS_TIER=full`: everything on both hosts, and the longer form of the few tests that have one. */
import process from 'node:process';

export const isFullTier = process.env['PORTCULLIS_TIER'] === 'full';
