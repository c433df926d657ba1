/** Why a change of the rules was not made. What the owner entered stays where it is. */
import type { AppError } from '../../electron/contract/result.ts';
import { Callout } from '../ui/callout.tsx';
import { ErrorLine } from '../ui/error-line.tsx';

export function ChangeError({ error }: { readonly error: AppError | null }) {
  if (error?.code !== 'rules-changed') return <ErrorLine error={error} />;
  return (
    <Callout tone="warn" title="The rules changed meanwhile" live="alert">
      <p>Nothing was saved. The rules are shown as they are now; look again, then repeat.</p>
    </Callout>
  );
}
