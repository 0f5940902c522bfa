// ===========================================================
// Seres vivos: clase base y tres especies
// ===========================================================

class Ser {
  constructor(x, y) {
    this.pos = createVector(x, y);
    this.edad = 0;
    this.vivo = true;
  }

  envejecer() {
    this.edad++;
  }

  estaCerca(otro, d) {
    return p5.Vector.dist(this.pos, otro.pos) < d;
  }
}

class Planta extends Ser {
  constructor(x, y) {
    super(x, y);
    this.tam = random(2, 5);
    this.maxTam = random(8, 12);
  }

  crecer(ritmo) {
    this.envejecer();
    if (this.tam < this.maxTam) this.tam += 0.01 * ritmo;
  }

  dibujar() {
    noStroke();
    fill(76, 160, 80);
    circle(this.pos.x, this.pos.y, this.tam);
  }
}

class Animal extends Ser {
  constructor(x, y, opciones) {
    super(x, y);
    this.vel = p5.Vector.random2D();
    this.energia = opciones.energia;
    this.maxVel = opciones.maxVel;
    this.vision = opciones.vision;
    this.gasto = opciones.gasto;
    this.umbral = opciones.umbral;
    this.edadMaxima = opciones.edadMaxima * random(0.8, 1.2);
  }

  /** Busca el objetivo vivo más próximo dentro del radio de visión. */
  buscar(lista) {
    let mejor = null;
    let dMejor = this.vision;
    for (const o of lista) {
      if (!o.vivo) continue;
      const d = p5.Vector.dist(this.pos, o.pos);
      if (d < dMejor) {
        dMejor = d;
        mejor = o;
      }
    }
    return mejor;
  }

  dirigir(objetivo, signo = 1) {
    const deseo = p5.Vector.sub(objetivo.pos, this.pos).setMag(this.maxVel * signo);
    this.vel.lerp(deseo, 0.12);
  }

  vagar() {
    this.vel.rotate(random(-0.3, 0.3));
    this.vel.setMag(this.maxVel * 0.6);
  }

  mover() {
    this.vel.limit(this.maxVel);
    this.pos.add(this.vel);
    if (this.pos.x < 0 || this.pos.x > width) this.vel.x *= -1;
    if (this.pos.y < 0 || this.pos.y > height) this.vel.y *= -1;
    this.pos.x = constrain(this.pos.x, 0, width);
    this.pos.y = constrain(this.pos.y, 0, height);
    this.energia -= this.gasto;
  }

  comprobarMuerte() {
    if (this.energia <= 0) this.vivo = false;
    if (this.edad > this.edadMaxima) this.vivo = false;
  }
}

class Conejo extends Animal {
  constructor(x, y) {
    super(x, y, { energia: 50, maxVel: 1.6, vision: 70, gasto: 0.09, umbral: 95, edadMaxima: 2200 });
  }

  actuar(mundo) {
    this.envejecer();
    const zorro = this.buscar(mundo.zorros);
    if (zorro) {
      this.dirigir(zorro, -1);
    } else {
      const hierba = this.energia < 130 ? this.buscar(mundo.plantas) : null;
      if (hierba) {
        this.dirigir(hierba);
        if (this.estaCerca(hierba, 6)) {
          hierba.vivo = false;
          this.energia += hierba.tam * 2;
        }
      } else {
        this.vagar();
      }
    }
    this.mover();
    this.comprobarMuerte();
  }

  // Los conejos se reproducen con rapidez cuando están bien alimentados
  reproducir() {
    if (this.energia > this.umbral) {
      return new Conejo(this.pos.x + random(-8, 8), this.pos.y + random(-8, 8));
    }
    return null;
  }

  dibujar() {
    noStroke();
    fill(235, 225, 200);
    circle(this.pos.x, this.pos.y, 7);
  }
}

class Zorro extends Animal {
  constructor(x, y) {
    super(x, y, { energia: 120, maxVel: 2.1, vision: 120, gasto: 0.16, umbral: 230, edadMaxima: 3600 });
    this.descanso = 300;
  }

  actuar(mundo) {
    this.envejecer();
    if (this.descanso > 0) this.descanso--;
    const presa = this.energia < 260 ? this.buscar(mundo.conejos) : null;
    if (presa) {
      this.dirigir(presa);
      if (this.estaCerca(presa, 7)) {
        presa.vivo = false;
        this.energia += 60;
      }
    } else {
      this.vagar();
    }
    this.mover();
    this.comprobarMuerte();
  }

  reproducir() {
    if (this.energia > this.umbral && this.descanso === 0) {
      this.energia -= 110;
      this.descanso = 300;
      return new Zorro(this.pos.x, this.pos.y);
    }
    return null;
  }

  dibujar() {
    noStroke();
    fill(222, 110, 50);
    push();
    translate(this.pos.x, this.pos.y);
    rotate(this.vel.heading());
    triangle(8, 0, -5, 4, -5, -4);
    pop();
  }
}
