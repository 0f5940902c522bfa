import Program
import Testing

@testable import Mechanics

/// Plants, rabbits and foxes in one list, told apart by a word.
private let meadow = """
  <canvas id=c></canvas><b id=n></b><script>
  const ctx = document.getElementById('c').getContext('2d');
  let beings = [];
  const make = (kind, x, y) => ({kind, x, y, energy: 40, age: 0, alive: true});
  for (let i = 0; i < 50; i++) beings.push(make('plant', Math.random() * 400, Math.random() * 400));
  for (let i = 0; i < 9; i++) beings.push(make('rabbit', Math.random() * 400, Math.random() * 400));
  for (let i = 0; i < 3; i++) beings.push(make('fox', Math.random() * 400, Math.random() * 400));
  const count = kind => beings.filter(b => b.kind === kind).length;
  function near(a, kind) {
    let best = null, d = 60;
    for (const b of beings) {
      if (b.kind !== kind || !b.alive) continue;
      const e = Math.hypot(a.x - b.x, a.y - b.y);
      if (e < d) { d = e; best = b; }
    }
    return best;
  }
  function live(a, young) {
    a.age++; a.energy -= 0.2; a.x += Math.random() - 0.5;
    const food = near(a, a.kind === 'rabbit' ? 'plant' : 'rabbit');
    if (food && Math.hypot(a.x - food.x, a.y - food.y) < REACH) { food.alive = false; a.energy += 9; }
    if (a.energy <= 0) a.alive = false;
    if (a.energy > 80) { a.energy -= 40; young.push(make(a.kind, a.x, a.y)); }
  }
  function step() {
    const young = [];
    for (const b of beings) if (b.kind !== 'plant') live(b, young);
    if (count('plant') < 80) young.push(make('plant', Math.random() * 400, Math.random() * 400));
    beings = beings.filter(b => b.alive).concat(young);
    for (const b of beings) ctx.fillRect(b.x, b.y, 2, 2);
    document.getElementById('n').textContent = `${count('plant')} ${count('rabbit')} ${count('fox')}`;
  }
  class Clock { constructor() { this.ticks = 0; } run() { this.ticks++; step(); requestAnimationFrame(() => this.run()); } }
  new Clock().run();
  </script>
  """

private let hints = Hints(words: ["plants": ["plant"], "prey": ["rabbit"], "predators": ["fox"]])

private func found(_ mechanic: any Mechanic.Type, in page: String, reach: String = "8") -> [[String: Fact]] {
  findings(of: mechanic, in: ["index.html": page.replacing("REACH", with: reach)], hints: hints)
    .filter { $0.status == .found }.map(\.facts)
}

@Test func `kinds that live in one list eat, breed and are counted by kind`() {
  let meals = found(Encounters.self, in: meadow)
  #expect(meals.contains { $0["by"] == .word("prey") && $0["of"] == .word("plants") })
  #expect(meals.contains { $0["by"] == .word("predators") && $0["of"] == .word("prey") })
  let births = found(Births.self, in: meadow)
  for role in ["prey", "predators"] {
    #expect(births.contains { $0["of"] == .word(role) && $0["by"] == .word(role) && $0["limited"] == .flag(true) })
  }
  let shown = found(Displays.self, in: meadow)
  for role in ["plants", "prey", "predators"] {
    #expect(shown.contains { $0["of"] == .word(role) && $0["measure"] == .word("count") })
  }
}

@Test func `nothing is eaten within a reach below zero`() {
  #expect(!found(Encounters.self, in: meadow, reach: "-8").contains { $0["effect"] == .word("eat") })
}

@Test func `keys that are no small whole numbers do no harm`() {
  let page = """
    <script>const t = {1e300: 1, [-0.5]: 2, 9e99: []}; t[1e300].x = t[9e99]; setInterval(() => t[1e99]++, 9);</script>
    """
  #expect(MechanicCatalogue.findings(in: ProgramModel(project: makeProject(["index.html": page]))).isEmpty == false)
}
