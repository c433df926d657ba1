/** Longer than it takes to notice a change and stop a click that is already on its way (about 0.4 s). */
export const holdMs = 700;
