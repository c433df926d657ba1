/** What a change of the gateway's config interrupts: a channel, or the whole gateway where it is on another machine. */
import { useSnapshot } from '../session/session.ts';
import { Callout } from '../ui/callout.tsx';

export function Interruption({ restarts }: { readonly restarts: boolean }) {
  if (!restarts) return <p>The channel restarts and is away for a few seconds.</p>;
  return (
    <Callout tone="warn" title="The gateway restarts">
      <p>
        It runs on another machine, so Portcullis takes administrator rights for this one change. Then the
        gateway finishes its running work and restarts: it is away for up to half a minute.
      </p>
    </Callout>
  );
}

/** Taking a change back, for which there is no preview. */
export function UndoInterruption() {
  const connection = useSnapshot()?.connection;
  const gateway = connection === undefined || connection.state === 'stopped' ? null : connection.gateway;
  return <Interruption restarts={gateway?.remote === true} />;
}
