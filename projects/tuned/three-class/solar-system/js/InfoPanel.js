export class InfoPanel {
  constructor() {
    this.root = document.getElementById('infoPanel');
    this.name = document.getElementById('infoName');
    this.description = document.getElementById('infoDescription');
    this.table = document.getElementById('infoTable');
    document.getElementById('closeInfo').addEventListener('click', () => this.hide());
    document.addEventListener('keydown', (e) => { if (e.key === 'Escape') this.hide(); });
  }

  show(planet) {
    const d = planet.data;
    this.name.textContent = d.name;
    this.description.textContent = d.description;
    const rows = { Radius: `${d.radius.toLocaleString()} km`, 'Distance from Sun': `${d.distance} AU`, ...d.facts };
    this.table.innerHTML = Object.entries(rows).map(([k, v]) => `<tr><th>${k}</th><td>${v}</td></tr>`).join('');
    this.root.classList.remove('hidden');
  }

  hide() {
    this.root.classList.add('hidden');
  }
}
