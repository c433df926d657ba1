/** How long the tests may take. The full tier repeats more, and tries every way out under every condition. */
export const isFullTier = process.env['PORTCULLIS_TIER'] === 'full';
