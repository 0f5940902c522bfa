// ============================================
// Emoji Ecosystem Simulation
// Features: plants, prey, predators, hunger,
// reproduction, aging, natural balance
// ============================================

const WORLD_WIDTH = 800;
const WORLD_HEIGHT = 560;
const TICK = 100; // ms

const world = document.getElementById('world');
let beings = [];
let births = 0;
let deaths = 0;
let paused = false;
let history = [];
let maxPopulation = 300; // carrying capacity

// Base class for everything alive
class Being {
    constructor(emoji, x, y) {
        this.x = x;
        this.y = y;
        this.age = 0;
        this.alive = true;
        this.el = document.createElement('div');
        this.el.className = 'being';
        this.el.textContent = emoji;
        world.appendChild(this.el);
        this.render();
    }

    render() {
        this.el.style.transform = 'translate(' + (this.x - 9) + 'px,' + (this.y - 9) + 'px)';
    }

    die() {
        if (!this.alive) return;
        this.alive = false;
        this.el.remove();
        deaths++;
    }
}

class Plant extends Being {
    constructor(x, y) {
        super('🌱', x, y);
        this.nutrition = 15;
    }

    update() {}
}

class Animal extends Being {
    constructor(emoji, x, y, options) {
        super(emoji, x, y);
        this.energy = options.energy;
        this.speed = options.speed;
        this.vision = options.vision;
        this.metabolism = options.metabolism;
        this.reproduceEnergy = options.reproduceEnergy;
        this.maxAge = options.maxAge;
        this.angle = Math.random() * Math.PI * 2;
    }

    // Animals get older every tick and die of old age
    growOlder() {
        this.age += 1;
        if (this.age > this.maxAge) {
            this.die();
        }
    }

    findNearest(type) {
        let nearest = null;
        let best = this.vision;
        beings.forEach(b => {
            if (b.alive && b instanceof type) {
                const d = Math.hypot(b.x - this.x, b.y - this.y);
                if (d < best) {
                    best = d;
                    nearest = b;
                }
            }
        });
        return nearest;
    }

    moveTowards(target, direction) {
        this.angle = Math.atan2(target.y - this.y, target.x - this.x);
        this.x += Math.cos(this.angle) * this.speed * direction;
        this.y += Math.sin(this.angle) * this.speed * direction;
    }

    wander() {
        this.angle += (Math.random() - 0.5);
        this.x += Math.cos(this.angle) * this.speed * 0.5;
        this.y += Math.sin(this.angle) * this.speed * 0.5;
    }

    keepInside() {
        this.x = Math.max(10, Math.min(WORLD_WIDTH - 10, this.x));
        this.y = Math.max(10, Math.min(WORLD_HEIGHT - 10, this.y));
    }

    burnEnergy() {
        this.energy -= this.metabolism;
        if (this.energy <= 0) {
            this.die();
        }
    }
}

class Rabbit extends Animal {
    constructor(x, y) {
        super('🐰', x, y, { energy: 50, speed: 6, vision: 90, metabolism: 0.8, reproduceEnergy: 90, maxAge: 400 });
    }

    update() {
        const wolf = this.findNearest(Wolf);
        if (wolf) {
            this.moveTowards(wolf, -1);
        } else {
            const plant = this.findNearest(Plant);
            if (plant) {
                this.moveTowards(plant, 1);
                if (Math.hypot(plant.x - this.x, plant.y - this.y) < 8) {
                    plant.die();
                    this.energy += plant.nutrition;
                }
            } else {
                this.wander();
            }
        }
        this.keepInside();
        this.burnEnergy();

        if (this.alive && this.energy > this.reproduceEnergy) {
            this.energy -= 45;
            beings.push(new Rabbit(this.x + 10, this.y + 10));
            births++;
        }
    }
}

class Wolf extends Animal {
    constructor(x, y) {
        super('🐺', x, y, { energy: 100, speed: 7, vision: 140, metabolism: 1, reproduceEnergy: 180, maxAge: 600 });
    }

    update() {
        const rabbit = this.findNearest(Rabbit);
        if (rabbit) {
            this.moveTowards(rabbit, 1);
            if (Math.hypot(rabbit.x - this.x, rabbit.y - this.y) < 12) {
                rabbit.die();
                this.energy += 40;
            }
        } else {
            this.wander();
        }
        this.keepInside();
        this.burnEnergy();

        // Wolves breed when they are well fed
        if (this.alive && this.energy > this.reproduceEnergy) {
            beings.push(new Wolf(this.x - 10, this.y - 10));
            births++;
        }
    }
}

function randomX() { return 20 + Math.random() * (WORLD_WIDTH - 40); }
function randomY() { return 20 + Math.random() * (WORLD_HEIGHT - 40); }

// New plants sprout everywhere; the slider sets how many per tick
function growPlants() {
    const amount = Number(document.getElementById('growth').value);
    for (let i = 0; i < amount; i++) {
        beings.push(new Plant(randomX(), randomY()));
    }
}

function count(type) {
    return beings.filter(b => b instanceof type).length;
}

// If a species dies out, bring a few individuals back
function preventExtinction() {
    if (count(Rabbit) === 0) {
        for (let i = 0; i < 5; i++) beings.push(new Rabbit(randomX(), randomY()));
    }
    if (count(Wolf) === 0) {
        for (let i = 0; i < 2; i++) beings.push(new Wolf(randomX(), randomY()));
    }
}

function updateStats() {
    document.getElementById('plantCount').textContent = count(Plant);
    document.getElementById('rabbitCount').textContent = count(Rabbit);
    document.getElementById('wolfCount').textContent = count(Wolf);
    document.getElementById('births').textContent = births;
    document.getElementById('deaths').textContent = deaths;
    history.push({ plants: count(Plant), rabbits: count(Rabbit), wolves: count(Wolf) });
    drawChart();
}

function drawChart() {
    const chart = document.getElementById('population-chart');
    if (!chart) return;
    const recent = history.slice(-50);
    chart.innerHTML = recent.map(h =>
        '<span style="display:inline-block;width:2%;background:#5b8c5a;height:' + Math.min(100, h.rabbits) + 'px"></span>'
    ).join('');
}

function tick() {
    growPlants();
    beings.slice().forEach(b => {
        if (b.alive) b.update();
    });
    beings = beings.filter(b => b.alive);
    beings.forEach(b => b.render());
    preventExtinction();
    updateStats();
}

function init() {
    beings.forEach(b => b.el.remove());
    beings = [];
    births = 0;
    deaths = 0;
    history = [];
    for (let i = 0; i < 60; i++) beings.push(new Plant(randomX(), randomY()));
    for (let i = 0; i < 25; i++) beings.push(new Rabbit(randomX(), randomY()));
    for (let i = 0; i < 5; i++) beings.push(new Wolf(randomX(), randomY()));
}

// Toggle the pause state
function togglePause() {
    paused = !paused;
    document.body.classList.toggle('paused', paused);
    document.getElementById('pauseButton').textContent = paused ? 'Resume' : 'Pause';
}

document.getElementById('addRabbit').addEventListener('click', () => beings.push(new Rabbit(randomX(), randomY())));
document.getElementById('addWolf').addEventListener('click', () => beings.push(new Wolf(randomX(), randomY())));
document.getElementById('pauseButton').addEventListener('click', togglePause);
document.getElementById('resetButton').addEventListener('click', reset);

function reset() {
    // restarts the simulation with fresh numbers
    document.getElementById('births').textContent = 0;
    document.getElementById('deaths').textContent = 0;
}

init();
setInterval(tick, TICK);
