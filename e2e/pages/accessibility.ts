/** What axe finds wrong with a page. Run in the page itself: the window has no frames, which is all that costs more. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import type { ElementContext, RunOptions } from 'axe-core';

declare global {
  interface Window {
    readonly axe?: { run(context: ElementContext, options: RunOptions): Promise<axe.AxeResults> };
  }
}

/** The page, but for what it is while a dialog lies over it: a single heading and landmark are behind that. */
const pageRules = ['landmark-one-main', 'page-has-heading-one'];

export interface AccessibilityOptions {
  readonly behindDialog?: boolean;
}

export interface Violation {
  readonly id: string;
  readonly nodes: readonly string[];
}

/**
 * A button that arms while axe looks is taken for half of what it was and half of what it is. So what is found is looked
 * at once more: only what stays is wrong.
 *
 * @returns one entry for each rule broken, with the elements that break it
 */
export async function accessibilityViolations(
  page: Page,
  options: AccessibilityOptions = {},
): Promise<readonly Violation[]> {
  const found = await violationsNow(page, options);
  return found.length === 0 ? found : await violationsNow(page, options);
}

async function violationsNow(
  page: Page,
  { behindDialog = false }: AccessibilityOptions,
): Promise<readonly Violation[]> {
  await settledColours(page);
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(`${axe.source};undefined`);
  const skipped = behindDialog ? pageRules : [];
  const options: RunOptions = {
    resultTypes: ['violations'],
    rules: Object.fromEntries(skipped.map((rule) => [rule, { enabled: false }])),
  };
  const violations = await page.evaluate(
    async (wanted) => (await window.axe?.run(document, wanted))?.violations ?? null,
    options,
  );
  if (violations === null) throw new Error('axe did not run in the page');
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }));
}

/** A colour on its way from one palette to the next is none of the page's. What turns for ever is not waited for. */
function settledColours(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ).then(() => null),
  );
}
