// Minimal publish/subscribe hub shared by all systems.
const topics = new Map();

export function on(topic, fn) {
  if (!topics.has(topic)) topics.set(topic, new Set());
  topics.get(topic).add(fn);
}

export function emit(topic, payload) {
  topics.get(topic)?.forEach((fn) => fn(payload));
}
