/** The names of the test steps, in running order; also what `npm test -- --only` takes. */
export const stepNames = /** @type {const} */ ([
  'format',
  'lint',
  'types',
  'unused',
  'unit',
  'build',
  'adapters',
  'proof',
  'guard',
  'window',
  'e2e',
]);

/** @typedef {(typeof stepNames)[number]} StepName */

/**
 * @param {string} name
 * @returns {name is StepName}
 */
export function isStepName(name) {
  return stepNames.some((known) => known === name);
}
