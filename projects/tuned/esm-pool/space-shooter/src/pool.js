/**
 * Fixed-size object pool. Items are created once and toggled active/inactive,
 * so nothing is allocated while the game is running.
 */
export class Pool {
  constructor(size, factory) {
    this.items = Array.from({ length: size }, factory);
    for (const it of this.items) { it.active = false; it.mesh.visible = false; }
  }

  obtain() {
    const it = this.items.find((i) => !i.active);
    if (!it) return null;
    it.active = true;
    it.mesh.visible = true;
    return it;
  }

  release(it) {
    it.active = false;
    it.mesh.visible = false;
  }

  each(fn) {
    for (const it of this.items) if (it.active) fn(it);
  }

  clear() {
    for (const it of this.items) this.release(it);
  }
}
