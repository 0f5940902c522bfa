/* Componentes A-Frame do sistema solar.
   Raios em km, distâncias em unidades astronômicas, períodos em dias. */
var PLANETAS = [
  { nome: 'Mercúrio', raio: 2439.7, ua: 0.387, periodo: 87.97, cor: '#a39b91', luas: 0, temp: '167 °C' },
  { nome: 'Vênus', raio: 6051.8, ua: 0.723, periodo: 224.7, cor: '#e3c184', luas: 0, temp: '464 °C' },
  { nome: 'Terra', raio: 6371, ua: 1, periodo: 365.26, cor: '#4d8be8', luas: 1, temp: '15 °C' },
  { nome: 'Marte', raio: 3389.5, ua: 1.524, periodo: 686.98, cor: '#cf6142', luas: 2, temp: '−65 °C' },
  { nome: 'Júpiter', raio: 69911, ua: 5.203, periodo: 4332.59, cor: '#d6ab80', luas: 95, temp: '−110 °C' },
  { nome: 'Saturno', raio: 58232, ua: 9.537, periodo: 10759.22, cor: '#e4d09b', luas: 146, temp: '−140 °C' },
  { nome: 'Urano', raio: 25362, ua: 19.19, periodo: 30688.5, cor: '#9fdfe2', luas: 28, temp: '−195 °C' },
  { nome: 'Netuno', raio: 24622, ua: 30.07, periodo: 60182, cor: '#4668dd', luas: 16, temp: '−200 °C' },
];

// Logaritmo das distâncias: Mercúrio continua perto e Netuno cabe na vista.
function distanciaNaCena(ua) {
  return 3.2 + 9 * Math.log(1 + ua);
}

// Raiz cúbica dos raios: ordem real, diferenças suaves.
function raioNaCena(km) {
  return 0.34 * Math.cbrt(km / 6371);
}

var ESTADO = { ritmo: 10, pausado: false, dias: 0 };

AFRAME.registerComponent('orbita', {
  schema: { raio: { type: 'number' } },
  init: function () {
    var pontos = [];
    for (var i = 0; i <= 180; i++) {
      var a = (i / 180) * Math.PI * 2;
      pontos.push(new THREE.Vector3(Math.cos(a) * this.data.raio, 0, Math.sin(a) * this.data.raio));
    }
    var geometria = new THREE.BufferGeometry().setFromPoints(pontos);
    this.linha = new THREE.Line(geometria, new THREE.LineBasicMaterial({ color: '#33427a' }));
    this.el.setObject3D('orbita', this.linha);
  },
  remove: function () {
    this.el.removeObject3D('orbita');
  },
});

AFRAME.registerComponent('planeta', {
  schema: { indice: { type: 'int' } },

  init: function () {
    var dados = (this.dados = PLANETAS[this.data.indice]);
    this.d = distanciaNaCena(dados.ua);
    this.fase = this.data.indice * 1.9;
    this.el.setAttribute('geometry', { primitive: 'sphere', radius: raioNaCena(dados.raio), segmentsWidth: 32, segmentsHeight: 24 });
    this.el.setAttribute('material', { color: dados.cor, roughness: 0.9 });
    this.el.classList.add('planeta');
    if (dados.nome === 'Saturno') {
      var anel = document.createElement('a-ring');
      anel.setAttribute('radius-inner', raioNaCena(dados.raio) * 1.3);
      anel.setAttribute('radius-outer', raioNaCena(dados.raio) * 2);
      anel.setAttribute('rotation', '-75 0 0');
      anel.setAttribute('material', 'color: #cdbb8c; side: double; opacity: 0.8');
      this.el.appendChild(anel);
    }
    this.aoClicar = this.aoClicar.bind(this);
    this.el.addEventListener('click', this.aoClicar);
  },

  // Mostra a ficha do planeta clicado
  aoClicar: function () {
    this.el.sceneEl.emit('planeta-escolhido', this.dados);
  },

  tick: function () {
    var a = this.fase + (Math.PI * 2 * ESTADO.dias) / this.dados.periodo;
    this.el.object3D.position.set(Math.cos(a) * this.d, 0, -Math.sin(a) * this.d);
  },

  remove: function () {
    this.el.removeEventListener('click', this.aoClicar);
  },
});

AFRAME.registerComponent('sistema', {
  init: function () {
    for (var i = 0; i < PLANETAS.length; i++) {
      var trilho = document.createElement('a-entity');
      trilho.setAttribute('orbita', { raio: distanciaNaCena(PLANETAS[i].ua) });
      this.el.appendChild(trilho);

      var p = document.createElement('a-entity');
      p.setAttribute('planeta', { indice: i });
      this.el.appendChild(p);
    }
  },

  // Avança o tempo simulado; dt vem em milissegundos
  tick: function (tempo, dt) {
    if (ESTADO.pausado) return;
    ESTADO.dias += (ESTADO.ritmo * dt) / 1000;
  },
});
