/** Writes rows of text with their columns aligned, for people who read a terminal. */

/** @param toTheRight columns, from 0, that hold numbers */
export function alignedRows(rows: readonly (readonly string[])[], toTheRight: ReadonlySet<number>): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          toTheRight.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
