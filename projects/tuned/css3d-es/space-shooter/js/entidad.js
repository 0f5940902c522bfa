const mundo = document.getElementById('mundo');

/** Base de todo lo que vuela: posición, velocidad y un elemento DOM con transformación 3D. */
export class Entidad {
  constructor(clase, x, y, z, caras = 0) {
    this.x = x; this.y = y; this.z = z;
    this.vx = 0; this.vy = 0; this.vz = 0;
    this.giro = 0;
    this.viva = true;
    this.el = document.createElement('div');
    this.el.className = `cuerpo ${clase}`;
    this.el.innerHTML = '<i></i>'.repeat(caras);
    mundo.append(this.el);
  }

  avanzar(dt) {
    this.x += this.vx * dt;
    this.y += this.vy * dt;
    this.z += this.vz * dt;
  }

  pintar() {
    this.el.style.transform = `translate3d(${this.x}px, ${this.y}px, ${this.z}px) rotateX(${this.giro}rad) rotateY(${this.giro * 0.7}rad)`;
  }

  distancia(o) {
    return Math.hypot(this.x - o.x, this.y - o.y, this.z - o.z);
  }

  quitar() {
    this.viva = false;
    this.el.remove();
  }
}

export class Disparo extends Entidad {
  constructor(x, y, z) {
    super('disparo', x, y, z);
    this.vz = -2600;
  }
  avanzar(dt) {
    super.avanzar(dt);
    if (this.z < -4200) this.quitar();
  }
}

export class Misil extends Entidad {
  constructor(origen, objetivo) {
    super('misil', origen.x, origen.y, origen.z);
    const d = origen.distancia(objetivo) || 1;
    const v = 1100;
    this.vx = ((objetivo.x - origen.x) / d) * v;
    this.vy = ((objetivo.y - origen.y) / d) * v;
    this.vz = ((objetivo.z - origen.z) / d) * v;
  }
  avanzar(dt) {
    super.avanzar(dt);
    if (this.z > 500) this.quitar();
  }
}

export class Chispa extends Entidad {
  constructor(x, y, z) {
    super('chispa', x, y, z);
    const a = Math.random() * Math.PI * 2;
    const v = 150 + Math.random() * 400;
    this.vx = Math.cos(a) * v;
    this.vy = Math.sin(a) * v;
    this.vz = (Math.random() - 0.5) * 500;
    this.vida = 0.35 + Math.random() * 0.45;
  }
  avanzar(dt) {
    super.avanzar(dt);
    this.vida -= dt;
    this.el.style.opacity = Math.max(0, this.vida / 0.8);
    if (this.vida <= 0) this.quitar();
  }
}

export class Enemigo extends Entidad {
  constructor(x, y, fase) {
    super('enemigo', x, y, -3800, 4);
    this.centro = x;
    this.fase = fase;
    this.vz = 520;
    this.energia = 2;
    this.recarga = 1 + Math.random();
  }

  /** Devuelve un misil cuando toca disparar, o null. */
  actuar(dt, nave) {
    this.fase += dt * 1.7;
    this.x = this.centro + Math.sin(this.fase) * 160;
    this.giro += dt;
    this.avanzar(dt);
    this.recarga -= dt;
    if (this.recarga <= 0 && this.z < -700) {
      this.recarga = 2.2;
      return new Misil(this, nave);
    }
    if (this.z > 400) this.quitar();
    return null;
  }
}

/** Jefe de oleada: dispara en abanico. Aparece cada cinco oleadas. */
export class Jefe extends Enemigo {
  constructor() {
    super(0, 0, 0);
    this.energia = 40;
    this.vz = 120;
  }
}
