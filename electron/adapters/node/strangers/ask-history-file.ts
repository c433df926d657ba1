/** Keeps on disk who asked to be let in before; for the owner's eyes only, like the journal. */
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { AskState } from '../../../core/strangers/ask-state.ts';
import type { AskHistoryFile } from '../../../core/strangers/ports.ts';
import { loadDocument, saveDocument, type DocumentFileParts } from '../settings/document-file.ts';

/** More than the bounds of the state ever take in ordinary text. */
const mostBytes = 50_000_000;

export interface AskHistoryFileParts extends Pick<
  DocumentFileParts<AskState>,
  'directory' | 'openStore' | 'clock' | 'logger'
> {
  readonly parse: (document: unknown) => Result<AskState, unknown>;
  readonly empty: AskState;
}

export function openAskHistoryFile({ parse, empty, ...parts }: AskHistoryFileParts): AskHistoryFile {
  const file: DocumentFileParts<AskState> = {
    ...parts,
    empty,
    name: 'strangers',
    mostBytes,
    format: {
      write: (state) => ({ ...state }),
      read: (document) => {
        const state = parse(document);
        return state.ok ? ok(state.value) : fail({ why: 'corrupt', detail: 'not as it was written' });
      },
    },
  };
  return {
    read: () => loadDocument(file).value,
    write(state) {
      // What failed is in the log; the next change writes all of it.
      saveDocument(file, state);
    },
  };
}
