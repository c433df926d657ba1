/** Builds the app again whenever one of its sources changes: what runs in Node, and the window. */
import { join } from 'node:path';
import { build, createBuilder } from 'vite';
import { root } from '../setup/repository.mjs';

export interface BuildNews {
  /** Everything in dist/ is from the sources as they are; also said once at the start. */
  readonly onBuilt: () => void;
  /** A source does not compile; dist/ stays as it was until it does. */
  readonly onFailed: (message: string) => void;
}

type Build = Awaited<ReturnType<typeof build>>;
type Watcher = Extract<Build, { on: unknown }>;

const watched = { logLevel: 'silent', build: { watch: {} } } as const;

/** @returns call it to stop watching */
export async function watchBuilds(news: BuildNews): Promise<() => Promise<void>> {
  const builder = await createBuilder({ ...watched, configFile: join(root, 'vite.config.ts') });
  const main = builder.environments['main'];
  if (main === undefined) throw new Error('vite.config.ts has no build called main.');
  const watchers = [
    watcher(await builder.build(main)),
    watcher(await build({ ...watched, configFile: join(root, 'renderer/vite.config.ts') })),
  ];
  hear(watchers, news);
  return async () => {
    await Promise.all(watchers.map((each) => each.close()));
  };
}

/** A file that both builds share starts them together: what is told is told once both are done. */
function hear(watchers: readonly Watcher[], { onBuilt, onFailed }: BuildNews): void {
  const busy = new Set(watchers);
  const failed = new Set<Watcher>();
  for (const each of watchers) {
    each.on('event', async (event) => {
      if (event.code === 'START') {
        busy.add(each);
        failed.delete(each);
      } else if (event.code === 'BUNDLE_END') {
        await event.result.close();
      } else if (event.code === 'ERROR') {
        failed.add(each);
        onFailed(event.error.message);
        await event.result.close();
      } else if (event.code === 'END') {
        busy.delete(each);
        if (busy.size === 0 && failed.size === 0) onBuilt();
      }
    });
  }
}

function watcher(built: Build): Watcher {
  if (!('on' in built)) throw new Error('Vite built once instead of watching.');
  return built;
}
