(function () {
  var ficha = document.getElementById('ficha');
  var cena = document.getElementById('cena');

  document.getElementById('ritmo').addEventListener('change', function (e) {
    ESTADO.ritmo = Number(e.target.value);
    document.getElementById('ritmo-valor').textContent = ESTADO.ritmo;
  });

  document.getElementById('pausar').addEventListener('click', function (e) {
    ESTADO.pausado = !ESTADO.pausado;
    e.target.textContent = ESTADO.pausado ? 'Continuar' : 'Pausar';
  });

  function mostrarFicha(p) {
    document.getElementById('ficha-nome').textContent = p.nome;
    var linhas = [
      ['Raio', p.raio.toLocaleString('pt-BR') + ' km'],
      ['Distância', p.ua + ' UA'],
      ['Ano', p.periodo.toLocaleString('pt-BR') + ' dias'],
      ['Luas', p.luas],
      ['Temperatura', p.temp],
    ];
    document.getElementById('ficha-dados').innerHTML = linhas
      .map(function (l) { return '<dt>' + l[0] + '</dt><dd>' + l[1] + '</dd>'; })
      .join('');
    ficha.classList.add('visivel');
  }

  cena.addEventListener('planeta-clicado', function (e) { mostrarFicha(e.detail); });

  document.getElementById('fechar').addEventListener('click', function () {
    ficha.classList.remove('visivel');
  });
  document.addEventListener('keydown', function (e) {
    if (e.key === 'Escape') ficha.classList.remove('visivel');
  });

  // Legenda com o nome e a cor de cada planeta
  function montarLegenda() {
    document.getElementById('legenda').innerHTML = PLANETAS.map(function (p) {
      return '<li><span style="color:' + p.cor + '">●</span> ' + p.nome + '</li>';
    }).join('');
  }
  montarLegenda();
})();
