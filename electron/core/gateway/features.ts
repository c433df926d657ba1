/** What the connected gateway cannot do for us, by the methods it offers in hello-ok. */
import type { Feature } from '../../contract/snapshot.ts';

const methodsOf: Readonly<Record<Feature, readonly string[]>> = {
  'chat-pairing': ['channels.pairing.list', 'channels.pairing.approve', 'channels.pairing.dismiss'],
  'device-pairing': ['device.pair.list', 'device.pair.approve', 'device.pair.reject'],
  'node-pairing': ['node.pair.list', 'node.pair.approve', 'node.pair.reject'],
};

const features = Object.keys(methodsOf) as readonly Feature[];

export function missingFeatures(methods: ReadonlySet<string>): readonly Feature[] {
  return features.filter((feature) => !methodsOf[feature].every((method) => methods.has(method)));
}
