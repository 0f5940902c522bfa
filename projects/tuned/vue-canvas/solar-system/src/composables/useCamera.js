import { reactive } from 'vue';

/** A small orbit camera: yaw and pitch by dragging, distance by the wheel. */
export function useCamera() {
  const cam = reactive({ yaw: 0.4, pitch: 0.9, dist: 900, focal: 820 });

  // World (x, y, z) to screen, with perspective. `depth` is used for sorting.
  function project(x, y, z, w, h) {
    const cy = Math.cos(cam.yaw), sy = Math.sin(cam.yaw);
    const cp = Math.cos(cam.pitch), sp = Math.sin(cam.pitch);
    const x1 = x * cy - z * sy;
    const z1 = x * sy + z * cy;
    const y2 = y * cp - z1 * sp;
    const z2 = y * sp + z1 * cp;
    const depth = z2 + cam.dist;
    if (depth < 1) return null;
    const k = cam.focal / depth;
    return { x: w / 2 + x1 * k, y: h / 2 + y2 * k, k, depth };
  }

  function drag(dx, dy) {
    cam.yaw += dx * 0.006;
    cam.pitch = Math.min(1.55, Math.max(0.1, cam.pitch + dy * 0.006));
  }

  function zoom(delta) {
    cam.dist = Math.min(2600, Math.max(250, cam.dist * Math.exp(delta * 0.001)));
  }

  return { cam, project, drag, zoom };
}
