import type * as tf from '@tensorflow/tfjs';

/**
 * Put right what TensorFlow.js 4.22 leaves out of `model.json`, or writes wrongly: the depth multiplier of separable convolutions (lost), the
 * constraint of depthwise convolutions (the regulariser in its place). Without this such models fail to load, or load as others.
 */
export function mendTopology(topology: unknown, model: tf.LayersModel): void {
  const layers = new Map<string, object>();
  collect(model, layers);
  walk(topology, layers);
}

function collect(layer: object, layers: Map<string, object>): void {
  if ('name' in layer) layers.set(String(layer.name), layer);
  const inner: unknown[] = 'layers' in layer && Array.isArray(layer.layers) ? layer.layers : [];
  for (const one of 'layer' in layer ? [...inner, layer.layer] : inner)
    if (isRecord(one)) collect(one, layers);
}

function walk(node: unknown, layers: ReadonlyMap<string, object>): void {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, layers);
    return;
  }
  if (!isRecord(node)) return;
  const { class_name: kind, config } = node;
  const layer = isRecord(config) ? layers.get(String(config.name)) : undefined;
  if (layer && isRecord(config)) {
    if (kind === 'SeparableConv2D' && 'depthMultiplier' in layer)
      config.depth_multiplier = layer.depthMultiplier;
    if (kind === 'DepthwiseConv2D') {
      const constraint = 'depthwiseConstraint' in layer ? layer.depthwiseConstraint : undefined;
      config.depthwise_constraint = isConstraint(constraint)
        ? { class_name: constraint.getClassName(), config: snakeKeys(constraint.getConfig()) }
        : null;
    }
  }
  for (const one of Object.values(node)) walk(one, layers);
}

function isConstraint(value: unknown): value is tf.serialization.Serializable {
  return isRecord(value) && typeof value.getClassName === 'function';
}

function snakeKeys(config: tf.serialization.ConfigDict): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replaceAll(/[A-Z]/g, found => `_${found.toLowerCase()}`),
      value,
    ]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
