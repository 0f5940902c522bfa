/// Small models of the solar system that several analyses are tried on.
enum OrreryExamples {
  static let hints = Hints(
    words: ["sun": ["sun"]],
    tables: [
      ReferenceTable(
        role: "planets", quantities: [],
        records: [
          row("mercury", 2439.7, 57.909, 87.969), row("venus", 6051.8, 108.208, 224.701),
          row("earth", 6371, 149.598, 365.256), row("mars", 3389.5, 227.94, 686.98),
          row("jupiter", 69911, 778.34, 4332.589), row("saturn", 58232, 1426.67, 10759.22),
          row("uranus", 25362, 2870.67, 30685.4), row("neptune", 24622, 4498.4, 60189),
        ])
    ])

  private static func row(_ name: String, _ radius: Double, _ distance: Double, _ period: Double)
    -> ReferenceTable.Record
  {
    ReferenceTable.Record(name: name, values: ["radius": radius, "distance": distance, "period": period])
  }

  /// Orbits on a canvas, with all figures real.
  static let plain = """
    const c = document.getElementById('c'), g = c.getContext('2d'); let rate = 1, run = true, picked = null;
    const planets = [{n: 'Mercury', r: 2440, d: 57.9, p: 88}, {n: 'Venus', r: 6052, d: 108.2, p: 224.7},
      {n: 'Earth', r: 6371, d: 149.6, p: 365.2}, {n: 'Mars', r: 3390, d: 227.9, p: 687},
      {n: 'Jupiter', r: 69911, d: 778.6, p: 4331}, {n: 'Saturn', r: 58232, d: 1433.5, p: 10747},
      {n: 'Uranus', r: 25362, d: 2872.5, p: 30589}, {n: 'Neptune', r: 24622, d: 4495.1, p: 59800}];
    let days = 0;
    function frame() {
      if (run) days += rate;
      g.beginPath(); g.arc(300, 300, 12, 0, 7); g.fill();
      for (const p of planets) {
        const far = Math.sqrt(p.d) * 4, a = Math.PI * 2 * days / p.p;
        g.beginPath(); g.arc(300, 300, far, 0, 7); g.stroke();
        p.x = 300 + Math.cos(a) * far; p.y = 300 + Math.sin(a) * far;
        g.beginPath(); g.arc(p.x, p.y, p.r / 5000, 0, 7); g.fill(); g.fillText(p.n, p.x, p.y);
      }
      requestAnimationFrame(frame);
    }
    frame();
    """

  /// Discs that stand still, with sizes made up.
  static let still = """
    const g = document.getElementById('c').getContext('2d');
    const planets = [{n: 'Mercury', r: 3, d: 50}, {n: 'Venus', r: 5, d: 80}, {n: 'Earth', r: 5, d: 110}, {n: 'Mars', r: 4, d: 140},
      {n: 'Jupiter', r: 9, d: 180}, {n: 'Saturn', r: 8, d: 220}, {n: 'Uranus', r: 6, d: 250}, {n: 'Neptune', r: 6, d: 280}];
    for (const p of planets) { g.beginPath(); g.arc(300 + p.d, 300, p.r, 0, 7); g.fill(); }
    """

  /// The canvas of ``plain`` with controls around it.
  static let page =
    """
    <canvas id=c></canvas><input type=range id=s><button id=b>pause</button><div id=i><button id=x>close</button><p id=t></p></div>
    <script>
    """ + plain + """

      let zoom = 1;
      document.getElementById('s').oninput = e => rate = +e.target.value;
      document.getElementById('b').onclick = () => { run = !run; };
      document.getElementById('c').addEventListener('wheel', e => { zoom *= 1 - e.deltaY / 1000; });
      document.getElementById('c').addEventListener('click', e => {
        for (const p of planets) if (Math.hypot(e.clientX - p.x, e.clientY - p.y) < 20) {
          document.getElementById('t').textContent = p.n + p.r + ' km, ' + p.p + ' days'; document.getElementById('i').hidden = false;
        }
      });
      document.getElementById('x').onclick = () => { document.getElementById('i').hidden = true; };
      function view() { g.setTransform(zoom, 0, 0, zoom, 0, 0); requestAnimationFrame(view); }
      view();
      </script>
      """

  /// The angles of ``plain`` go on and nothing is placed by them.
  static let unplaced =
    plain
    .replacingFirst("p.x = 300 + Math.cos(a) * far; p.y = 300 + Math.sin(a) * far;", "p.x = 300 + far; p.y = 300;")

  /// The page with controls that change nothing: the slider keeps what it gets to itself, pausing is read by nobody, a click finds
  /// a planet and forgets it.
  static let deafPage =
    page
    .replacingFirst("rate = +e.target.value", "{ const rate = +e.target.value; }")
    .replacingFirst("if (run) days", "days")
    .replacingFirst("zoom *=", "const zoom =")
    .replacingFirst(
      "document.getElementById('t').textContent = p.n + p.r + ' km, ' + p.p + ' days'; document.getElementById('i').hidden = false;",
      "const found = p;")

  /// The page whose panel is hidden by style and never shown.
  static let shutPage =
    page
    .replacingFirst("<canvas", "<style>#i{display:none} #i.on{display:block}</style><canvas")
    .replacingFirst(
      "document.getElementById('i').hidden = false;", "document.getElementById('i').classList.add('shown');")

  private static let rows = """
    const planets = [{n: 'Mercury', r: 2440, d: 57.9, p: 88}, {n: 'Venus', r: 6052, d: 108.2, p: 224.7},
      {n: 'Earth', r: 6371, d: 149.6, p: 365.2}, {n: 'Mars', r: 3390, d: 227.9, p: 687},
      {n: 'Jupiter', r: 69911, d: 778.6, p: 4331}, {n: 'Saturn', r: 58232, d: 1433.5, p: 10747},
      {n: 'Uranus', r: 25362, d: 2872.5, p: 30589}, {n: 'Neptune', r: 24622, d: 4495.1, p: 59800}];
    """

  /// A scene in which pivots carry the planets round.
  static let pivots =
    """
    <script type=importmap>{"imports": {"three": "https://unpkg.com/three/build/three.module.js"}}</script><script type=module>
    import * as THREE from 'three';
    """ + rows + """

      const scene = new THREE.Scene(), camera = new THREE.PerspectiveCamera(), renderer = new THREE.WebGLRenderer(), clock = new THREE.Clock();
      for (const p of planets) {
        const mesh = new THREE.Mesh(new THREE.SphereGeometry(p.r / 5000), new THREE.MeshBasicMaterial());
        p.pivot = new THREE.Object3D(); mesh.position.x = Math.sqrt(p.d); p.pivot.add(mesh); scene.add(p.pivot); p.mesh = mesh;
      }
      renderer.setAnimationLoop(() => {
        const dt = clock.getDelta();
        for (const p of planets) p.pivot.rotation.y += dt * 9 / p.p;
        renderer.render(scene, camera);
      });
      </script>
      """

  /// The scene of ``pivots`` with planets that only spin.
  static let spinning = pivots.replacingFirst("p.pivot.rotation.y", "p.mesh.rotation.y")

  /// The scene of ``pivots`` with planets that are never added to it.
  static let unadded = pivots.replacingFirst("scene.add(p.pivot);", "")
}

extension String {
  /// The text with the first occurrence of a part replaced.
  fileprivate func replacingFirst(_ part: String, _ other: String) -> String {
    let parts = split(separator: part, maxSplits: 1, omittingEmptySubsequences: false)
    return parts.joined(separator: other)
  }
}
