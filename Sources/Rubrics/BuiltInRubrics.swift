// swift-format-ignore-file
// Written from rubrics/*.yaml by `STERLING_UPDATE_GOLDEN=1 swift test --filter EmbeddedRubricTests`; do not edit.

/// The built-in rubrics, ordered by id, as committed in `rubrics/`.
let builtInRubrics: [(id: String, text: String)] = [
  (
    "brand-site",
    ####"""
# yaml-language-server: $schema=./rubric.schema.json
id: brand-site
title: Personal brand site
version: 1
description: >-
  A one-person site that presents its owner's work and lets visitors get in touch. Asked for by name: an animated hero, a
  work history that is verified and opens into context maps, a project showcase, a contact form, and all of it fit to ship.
prompt: >-
  Build a personal brand website. It opens with an animated hero, shows a verified work history whose entries unfold into
  maps of their context, presents selected projects and ends in a contact form. It has to look current and be ready for
  production.

signals:
  words:
    - portfolio
    - developer
    - designer
    - engineer
    - selected work
    - about me
    - work history
    - experience
    - projects
    - contact
    - get in touch
    - lebenslauf
    - berufserfahrung
    - projekte
    - kontakt
    - parcours
    - projets
    - trayectoria
    - proyectos
    - contacto

vocabulary:
  hero:
    en: [hero, banner, intro, masthead, cover, landing]
    de: [einstieg, auftakt, kopfbereich]
    fr: [accueil, banniere, bannière]
    es: [portada, bienvenida]
  work:
    en: [work, experience, career, history, employment, role, job, timeline, position, resume]
    de: [werdegang, berufserfahrung, erfahrung, laufbahn, stelle, lebenslauf]
    fr: [parcours, experience, expérience, carriere, carrière, poste, emploi]
    es: [trayectoria, experiencia, carrera, empleo, puesto]
    it: [esperienza, carriera, lavoro, percorso]
    pt: [experiencia, experiência, carreira, trajetoria, trajetória]
    pl: [doświadczenie, kariera, praca]
    ja: [経歴, 職歴]
    zh: [经历, 工作经历]
  projects:
    en: [project, showcase, portfolio, case, study, gallery, piece, build]
    de: [projekt, arbeit, referenz, fallstudie]
    fr: [projet, realisation, réalisation, etude, étude]
    es: [proyecto, obra, caso]
    it: [progetto, lavoro, caso]
    pt: [projeto, trabalho, caso]
    pl: [projekt, realizacja]
    ja: [作品, 制作実績, プロジェクト]
    zh: [项目, 作品]

criteria:
  - id: animated-hero
    title: Animated hero
    group: Asked for by name
    weight: 10
    required: true
    description: >-
      The section with the main heading holds something that moves by itself: style keyframes that exist, a scripted
      animation, or a call of an animation library that targets it. A transition on hover is not enough.
    met: {mechanic: motion, of: hero, driven-by: [loop, style, event, scroll], by: [keyframes, animate, canvas, typing, library, velocity, easing, elapsed, angle, path]}
    failure: structural
    advice: Give the hero an animation that starts without the pointer, and make sure that its keyframes or its script are really there.

  - id: work-history
    title: Work history
    group: Asked for by name
    weight: 10
    required: true
    description: At least two roles are rendered, each with an employer or client and a date or period that is shown.
    met: {mechanic: listing, of: work, entries: {min: 2}, fields: {all: [employer, date]}}
    failure: structural
    advice: Render at least two roles and show for each whom it was for and when.

  - id: verified-history
    title: Verified roles
    group: Asked for by name
    weight: 9
    description: >-
      Entries of the work history carry a proof that a reader can see or follow: a badge or label that says verified, or a
      link to evidence.
    met: {mechanic: listing, of: work, proof: [badge, label, link]}
    failure: structural
    advice: Put a verification mark on the entries, or link each to a letter, a registry, a repository or the press.

  - id: context-map
    title: Context map of a role
    group: Asked for by name
    weight: 9
    description: >-
      Acting on a role, or on the map that belongs to it, reveals its context: related projects, skills, the team, or a
      diagram of them. What is always visible does not count, nor do achievements alone.
    met: {mechanic: panel, of: work, opened-by: [click, key, toggle, native, selection], content: [projects, skills, team, diagram]}
    failure: structural
    advice: Let a click or Enter on a role open its context, that is its projects, skills and people, and keep it closed until then.

  - id: interactive-timeline
    title: Interactive timeline
    group: Implied
    weight: 6
    description: >-
      Roles stand in the order of time with their dates, and the reader can act on that list so that which role is shown, or
      how much of it, changes.
    met:
      all:
        - {mechanic: listing, of: work, entries: {min: 2}, fields: date, order: time}
        - {mechanic: control, target: entries, of: work}
    failure: structural
    advice: Sort the roles by date and let the reader select, filter or unfold them.

  - id: project-showcase
    title: Project showcase
    group: Asked for by name
    weight: 10
    required: true
    description: At least three projects are rendered, each with a title and a description.
    met: {mechanic: listing, of: projects, entries: {min: 3}, fields: {all: [title, description]}}
    failure: structural
    advice: Render at least three projects, each with a title and a sentence about it.

  - id: project-links
    title: Projects lead somewhere
    group: Implied
    weight: 5
    description: >-
      Most projects, at least three or all if there are fewer, lead to a real destination or open a working detail view.
    met:
      any:
        - {mechanic: listing, of: projects, leading: {min: 3}, leading-share: {min: 0.5}}
        - {mechanic: listing, of: projects, leading: {min: 1}, leading-share: 1}
    failure: tunable
    advice: Replace placeholder addresses by the real page of each project, or open a detail view in their stead.

  - id: contact-form
    title: Contact form
    group: Asked for by name
    weight: 10
    required: true
    description: >-
      A form asks for a name or subject, an email address and a message, has a control that submits it, and every field has
      an accessible name.
    met: {mechanic: form, fields: {any: [name, subject], all: [email, message]}, submit: true, labelled: true}
    failure: structural
    advice: Ask for a name, an email address and a message in one form with a submit button, and label every field.

  - id: form-validation
    title: Form refuses invalid input
    group: Implied
    weight: 5
    description: >-
      Invalid input is refused: by constraints that nothing turns off, or by a script on submit that stops and says why.
    met: {mechanic: form, fields: email, validation: [native, script]}
    failure: structural
    advice: Mark the fields `required` and `type=email` without `novalidate`, or check them on submit and stop with a message.

  - id: form-submission
    title: Form submission goes somewhere
    group: Implied
    weight: 6
    description: >-
      A valid submission is sent somewhere or the reader is told what happened; a simulated confirmation is enough.
    met: {mechanic: form, fields: email, submission: [action, request, mail, confirmation]}
    failure: structural
    advice: Give the form an action, or handle the submit event, send the data and show a confirmation.

  - id: navigation
    title: Navigation works
    group: Implied
    weight: 4
    description: The links of the navigation lead to sections or pages that exist, every one of them.
    met:
      all:
        - {mechanic: link, place: navigation, leads: [section, page], resolves: true}
        - not: {mechanic: link, place: navigation, resolves: false}
    broken:
      - when: {mechanic: link, place: navigation, resolves: false}
        failure: tunable
        advice: Point every link of the navigation to the id of a section that exists, or remove it.
    advice: Add a navigation whose links lead to the sections of the page.

  - id: responsive
    title: Fits every screen
    group: Implied
    weight: 5
    description: >-
      The page declares its viewport and its layout adapts: by media or container queries, or by fluid, wrapping rows with
      no fixed width of the page.
    met:
      all:
        - {mechanic: layout, aspect: viewport}
        - any:
            - {mechanic: layout, aspect: adapts, by: [media, container]}
            - all:
                - {mechanic: layout, aspect: adapts, by: [wrapping, fluid]}
                - not: {mechanic: layout, aspect: fixed-width}
    failure: structural
    advice: Declare the viewport, replace fixed widths by fluid ones and add a breakpoint for narrow screens.

  - id: accessible
    title: Accessible
    group: Implied
    weight: 4
    description: >-
      Of these, all that apply hold: the language is declared, pictures have alternatives, there is a single main heading,
      visible focus is not taken away, and a preference for reduced motion is respected where something moves on and on.
    met:
      all:
        - {mechanic: accessibility, aspect: language, holds: true}
        - {mechanic: accessibility, aspect: main-heading, holds: true}
        - not: {mechanic: accessibility, aspect: [language, alternatives, main-heading, focus, reduced-motion], holds: false}
    failure: tunable
    advice: Declare the language, give pictures alternatives, keep one main heading and a visible focus, and honour `prefers-reduced-motion`.

  - id: page-metadata
    title: Page metadata
    group: Implied
    weight: 3
    description: >-
      A real title, a description, and at least one of Open Graph tags, a favicon, a canonical link or structured data.
    met:
      all:
        - {mechanic: metadata, kind: title}
        - {mechanic: metadata, kind: description}
        - {mechanic: metadata, kind: [open-graph, favicon, canonical, structured-data]}
    failure: tunable
    advice: Write a title and a description for search engines and add Open Graph tags or a favicon.

  - id: production-ready
    title: Nothing left unfinished
    group: Asked for by name
    weight: 4
    description: >-
      A visitor meets nothing unfinished: no filler text, no notes to self in shipped code, no debugging output, no link that
      does nothing, no local file that is not there.
    met:
      not: {mechanic: leftover}
    failure: tunable
    advice: Remove filler text, notes, debugging output and dead links, and ship every file that the page refers to.

"""####
  ),
  (
    "ecosystem",
    ####"""
# yaml-language-server: $schema=./rubric.schema.json
id: ecosystem
title: Interactive ecosystem
version: 1
description: >-
  A simulation that has to hold itself up. Asked for by name: predators, prey and plants, with reproduction, hunger, aging
  and death, settling into a stable balance without help.
prompt: >-
  Build an interactive ecosystem in which plants grow, prey feed on them and predators hunt the prey. Animals reproduce, go
  hungry, age and die, and the whole settles into a stable balance by itself.

signals:
  words:
    - ecosystem
    - ökosystem
    - écosystème
    - ecosistema
    - predator
    - predators
    - prey
    - räuber
    - beute
    - food chain
    - food web
    - simulation
    - wildlife
    - meadow
    - savanna
    - population
    - populations

vocabulary:
  plants:
    en: [plant, grass, food, flower, tree, bush, clover, algae, vegetation, leaf, shrub, seed]
    de: [pflanze, gras, futter, blume, busch, klee, alge]
    fr: [plante, herbe, nourriture, fleur]
    es: [planta, hierba, comida, flor, pasto]
    it: [pianta, erba, cibo, fiore]
    pt: [planta, grama, comida, flor]
    pl: [roślina, trawa, pokarm]
    ru: [растение, трава]
    ja: [植物, 草]
    zh: [植物, 草]
  prey:
    en: [prey, rabbit, hare, herbivore, deer, sheep, mouse, gazelle, bunny, zebra, grazer]
    de: [beute, hase, kaninchen, pflanzenfresser, reh, maus]
    fr: [proie, lapin, lievre, lièvre, herbivore, cerf]
    es: [presa, conejo, liebre, herbivoro, herbívoro, ciervo]
    it: [preda, coniglio, lepre, erbivoro]
    pt: [presa, coelho, lebre, herbívoro]
    pl: [ofiara, królik, zając, roślinożerca]
    ru: [жертва, кролик, заяц]
    ja: [被食者, うさぎ, 草食]
    zh: [猎物, 兔子]
  predators:
    en: [predator, fox, wolf, carnivore, hunter, lion, hawk, lynx, tiger]
    de: [räuber, fuchs, wolf, fleischfresser, jäger, luchs]
    fr: [predateur, prédateur, renard, loup, carnivore, chasseur]
    es: [depredador, zorro, lobo, carnivoro, carnívoro, cazador]
    it: [predatore, volpe, lupo, carnivoro]
    pt: [predador, raposa, lobo, carnívoro]
    pl: [drapieżnik, lis, wilk]
    ru: [хищник, лиса, волк]
    ja: [捕食者, きつね, 狼]
    zh: [捕食者, 狐狸, 狼]

criteria:
  - id: plants
    title: Plants grow
    group: Asked for by name
    weight: 7
    required: true
    description: Plants exist and grow or come back.
    met:
      all:
        - {mechanic: population, role: plants}
        - any:
            - {mechanic: birth, of: plants}
            - {mechanic: resource, of: plants, gains: time}
    failure: structural
    advice: Let plants grow back or new ones sprout while the simulation runs.

  - id: prey
    title: Prey graze
    group: Asked for by name
    weight: 7
    required: true
    description: Prey move and eat plants.
    met:
      all:
        - {mechanic: motion, of: prey, driven-by: loop}
        - {mechanic: encounter, by: prey, of: plants, effect: eat}
    failure: structural
    advice: Move the prey, test them against the plants and let them eat what they reach.

  - id: predators
    title: Predators hunt
    group: Asked for by name
    weight: 7
    required: true
    description: Predators move and eat prey.
    met:
      all:
        - {mechanic: motion, of: predators, driven-by: loop}
        - {mechanic: encounter, by: predators, of: prey, effect: eat}
    failure: structural
    advice: Move the predators, test them against the prey and let them eat what they catch.

  - id: prey-reproduction
    title: Prey reproduce
    group: Asked for by name
    weight: 7
    required: true
    description: Prey give birth to new prey under a condition.
    met: {mechanic: birth, of: prey, by: prey, limit: [cost, cooldown, chance, crowding, cap, threshold]}
    failure: structural
    advice: Let a prey with enough energy or age add a young one to its population.

  - id: predator-reproduction
    title: Predators reproduce
    group: Asked for by name
    weight: 7
    required: true
    description: Predators give birth to new predators under a condition.
    met: {mechanic: birth, of: predators, by: predators, limit: [cost, cooldown, chance, crowding, cap, threshold]}
    failure: structural
    advice: Let a predator with enough energy or age add a young one to its population.

  - id: reproduction-limited
    title: Births are limited
    group: Implied
    weight: 7
    description: >-
      Every birth is limited by more than a threshold that stays true: energy paid by the parent, a cooldown, a chance per
      tick, crowding. A global cap alone is not enough. One population whose members give birth on every tick makes it
      broken.
    met:
      all:
        - {mechanic: birth, of: [prey, predators], limited: true}
        - not: {mechanic: birth, by: [plants, prey, predators], limited: false}
    broken:
      - when: {mechanic: birth, by: [plants, prey, predators], limited: false}
        failure: structural
        advice: Make the parent pay energy for each birth, or start a cooldown, so that one threshold cannot fire on every tick.
    advice: Let each birth cost the parent energy, and wait before the next.

  - id: hunger
    title: Hunger
    group: Asked for by name
    weight: 8
    required: true
    description: Prey and predators lose energy over time, or grow hungry, and regain it by eating.
    met:
      all:
        - {mechanic: resource, of: prey, name: energy, drains: [time, move], gains: eat}
        - {mechanic: resource, of: predators, name: energy, drains: [time, move], gains: eat}
    failure: structural
    advice: Take energy from every animal in each step, and give some back when it eats.

  - id: starvation
    title: Starvation
    group: Asked for by name
    weight: 6
    description: Running out of energy kills. A check that can never fire because nothing drains is broken.
    met: {mechanic: resource, of: [prey, predators], name: energy, drains: [time, move], at-limit: death}
    failure: structural
    advice: Remove an animal when its energy reaches zero, and make sure that something drains it.

  - id: aging
    title: Aging
    group: Asked for by name
    weight: 6
    description: Individuals have an age that advances.
    met: {mechanic: resource, of: [prey, predators], name: age, gains: time}
    failure: structural
    advice: Add the time of each step to the age of every animal.

  - id: old-age-death
    title: Death of old age
    group: Asked for by name
    weight: 6
    description: Reaching a greatest age kills, or a chance or decay that grows with age and ends in death.
    met: {mechanic: resource, of: [prey, predators], name: age, gains: time, at-limit: death}
    failure: structural
    advice: Remove an animal when its age passes the span of its kind.

  - id: carrying-capacity
    title: Growth is held
    group: Implied
    weight: 6
    description: >-
      Something that depends on density holds the growth of the animals: a cap, plants that are finite and grow back slowly,
      crowding, or a closed budget.
    met:
      any:
        - {mechanic: population, role: [prey, predators], held-by: [cap, crowding, food, budget, space]}
        - {mechanic: birth, of: [prey, predators], limit: [cap, crowding]}
    failure: structural
    advice: Let births depend on the room or the food that is left, or cap the populations.

  - id: extinction-guard
    title: Guarded against extinction
    group: Implied
    weight: 5
    description: >-
      Something keeps predators and prey from being lost for good without the user: immigration, a minimum population, or
      cover in which prey cannot be reached and which they really use.
    met:
      any:
        - {mechanic: population, role: prey, kept-by: refuge}
        - all:
            - {mechanic: population, role: prey, kept-by: [immigration, minimum]}
            - {mechanic: population, role: predators, kept-by: [immigration, minimum]}
    failure: structural
    advice: Let a few newcomers arrive when a population has nearly died out.

  - id: population-display
    title: Populations are counted
    group: Implied
    weight: 4
    description: Live counts of plants, prey and predators are shown.
    met:
      all:
        - {mechanic: display, of: plants, measure: count, live: true}
        - {mechanic: display, of: prey, measure: count, live: true}
        - {mechanic: display, of: predators, measure: count, live: true}
    failure: structural
    advice: Write the number of plants, prey and predators to the page while the simulation runs.

  - id: population-chart
    title: Populations over time
    group: Implied
    weight: 3
    description: The populations are plotted over time.
    met:
      all:
        - {mechanic: drawing, of: prey, form: chart}
        - {mechanic: drawing, of: predators, form: chart}
    failure: structural
    advice: Keep the last counts in a list and draw them as lines.

  - id: user-controls
    title: Reader can intervene
    group: Asked for by name
    weight: 5
    description: The reader can change something while it runs.
    met: {mechanic: control, target: [speed, parameter, population]}
    failure: structural
    advice: Add a slider for a rate of the simulation, or let a click place organisms.

  - id: pause-or-reset
    title: Pause or reset
    group: Implied
    weight: 3
    description: The simulation can be paused or reset.
    met: {mechanic: control, target: [pause, reset]}
    failure: structural
    advice: Add a button that stops the simulation or starts it from the beginning.

  - id: frame-rate-independent
    title: Independent of the frame rate
    group: Implied
    weight: 3
    description: >-
      The speed of the simulation does not depend on the refresh rate of the display: elapsed time scales the update or
      fills an accumulator, or a timer of fixed interval drives it.
    met: {mechanic: loop, main: true, scaled: [elapsed, fixed-step, interval]}
    failure: structural
    advice: Scale every step by the time that passed, or collect that time and simulate in fixed steps.

  - id: bounded-cost
    title: Cost per frame is bounded
    group: Implied
    weight: 3
    description: >-
      The cost of a frame is held down: every population that takes part in a search of pairs is capped, or the search is
      local.
    met:
      all:
        - any:
            - {mechanic: search, scope: local}
            - {mechanic: search, capped: true}
        - not: {mechanic: search, scope: pairs, capped: false}
    failure: structural
    advice: Cap the populations, or look for neighbours in a grid instead of among all.

"""####
  ),
  (
    "solar-system",
    ####"""
# yaml-language-server: $schema=./rubric.schema.json
id: solar-system
title: Interactive solar system
version: 1
description: >-
  The sun and its planets in motion. Asked for by name: the speed of the orbits can be adjusted, planets can be clicked and
  show information, and the relative scale is right.
prompt: >-
  Build an interactive model of the solar system in which the speed of the orbits can be changed, a click on a planet shows
  information about it, and sizes and distances stand in the right proportion.

signals:
  words:
    - solar system
    - sonnensystem
    - système solaire
    - systeme solaire
    - sistema solar
    - sistema solare
    - układ słoneczny
    - солнечная система
    - 太陽系
    - 太阳系
    - planets
    - planeten
    - planètes
    - planetas
    - orrery
    - orbits
    - helios

vocabulary:
  planets:
    en: [planet, world, body, celestial, orbiter, satellite]
    de: [planet, himmelskörper, körper, wandelstern]
    fr: [planete, planète, astre, corps]
    es: [planeta, astro, cuerpo]
    it: [pianeta, astro, corpo]
    pt: [planeta, astro, corpo]
    pl: [planeta, ciało]
    ru: [планета]
    ja: [惑星]
    zh: [行星]
  sun:
    en: [sun, star, sol]
    de: [sonne, stern]
    fr: [soleil, etoile, étoile]
    es: [sol, estrella]
    it: [sole, stella]
    pt: [sol, estrela]
    pl: [słońce, gwiazda]
    ru: [солнце]
    ja: [太陽]
    zh: [太阳]

# Mean radii, semi-major axes and sidereal orbital periods.
reference:
  planets:
    units: {radius: km, distance: million km, period: days}
    records:
      - {name: mercury, also: [merkur, mercure, mercurio, mercúrio, merkury, меркурий, 水星], radius: 2439.7, distance: 57.909, period: 87.969}
      - {name: venus, also: [vénus, venere, vênus, wenus, венера, 金星], radius: 6051.8, distance: 108.208, period: 224.701}
      - {name: earth, also: [erde, terre, tierra, terra, ziemia, земля, 地球], radius: 6371.0, distance: 149.598, period: 365.256}
      - {name: mars, also: [marte, марс, 火星], radius: 3389.5, distance: 227.94, period: 686.98}
      - {name: jupiter, also: [júpiter, giove, jowisz, юпитер, 木星], radius: 69911, distance: 778.34, period: 4332.589}
      - {name: saturn, also: [saturne, saturno, сатурн, 土星], radius: 58232, distance: 1426.67, period: 10759.22}
      - {name: uranus, also: [urano, uran, уран, 天王星], radius: 25362, distance: 2870.67, period: 30685.4}
      - {name: neptune, also: [neptun, neptuno, nettuno, netuno, нептун, 海王星], radius: 24622, distance: 4498.4, period: 60189}

criteria:
  - id: sun-and-planets
    title: Sun and eight planets
    group: Asked for by name
    weight: 12
    required: true
    description: The sun and all eight planets are created and drawn.
    met:
      all:
        - {mechanic: population, role: planets, members: {min: 8}}
        - {mechanic: drawing, of: planets, form: body}
        - {mechanic: drawing, of: sun, form: body}
    failure: structural
    advice: Create the sun and all eight planets from one table and draw every one of them.

  - id: orbital-motion
    title: Planets orbit
    group: Asked for by name
    weight: 12
    required: true
    description: A loop advances the position of each planet, at an angular speed of its own.
    met: {mechanic: motion, of: planets, driven-by: loop, differs: true}
    failure: structural
    advice: Advance the angle of every planet in the animation loop by a rate of its own.

  - id: adjustable-speed
    title: Speed can be adjusted
    group: Asked for by name
    weight: 12
    required: true
    description: >-
      A control that the reader operates changes the rate that the orbital update really uses. One whose value is read once,
      or that only rewrites its own label, is broken.
    met: {mechanic: control, target: speed, of: planets, input: [slider, button, keyboard, select, wheel, pointer, touch, text, gamepad]}
    broken:
      - when: {mechanic: control, target: speed, of: planets, status: broken}
        failure: structural
        advice: Multiply the step of every planet by the value of the control inside the update.
    failure: structural
    advice: Read the value of the speed control inside the update, and multiply the step of every planet by it.

  - id: clickable-planets
    title: Planets can be clicked
    group: Asked for by name
    weight: 11
    required: true
    description: >-
      A handler finds out which planet was hit: by a ray, by a hit test, or as a handler on the drawn planet or its attached
      label. A separate list of names alone is not enough.
    met: {mechanic: control, target: selection, of: planets, through: [raycast, hit-test, element, label]}
    failure: structural
    advice: Work out from the pointer's position which planet was hit, and select it.

  - id: info-panel
    title: Information about a planet
    group: Asked for by name
    weight: 11
    required: true
    description: Selecting a planet fills and shows a panel with at least two facts about it.
    met: {mechanic: panel, of: planets, opened-by: [click, key, toggle, native, selection], facts: {min: 2}}
    broken:
      - when: {mechanic: panel, of: planets, status: broken}
        failure: structural
        advice: Take away what hides the panel when it is filled.
    failure: structural
    advice: Show a panel with at least two facts, read from the record of the planet that was selected.

  - id: panel-dismiss
    title: Panel goes away
    group: Implied
    weight: 3
    description: The panel can be closed, or goes away when the selection is cleared.
    met: {mechanic: panel, of: planets, closes-by: [button, key, outside, toggle, native, selection]}
    failure: structural
    advice: Add a close button, and hide the panel when empty space is clicked or Escape is pressed.

  - id: scale-sizes
    title: Sizes to scale
    group: Asked for by name
    weight: 8
    description: >-
      The drawn radii of the eight planets have the real order without ties, and ratios within 15 percent of the real ones,
      in proportion or through one monotone compression of the real figures.
    met: {mechanic: dataset, of: planets, quantity: radius, used: size, matched: {min: 8}, fit: [linear, compressed], ties: false, error: {max: 15}}
    broken:
      - when: {mechanic: dataset, of: planets, quantity: radius, used: size, status: broken}
        failure: tunable
        advice: Correct the constant or formula that turns the real radii into drawn ones.
    advice: Derive every drawn radius from the real one through a single scale.

  - id: scale-distances
    title: Distances to scale
    group: Asked for by name
    weight: 6
    description: >-
      The drawn distances from the sun have the real order without ties, and ratios within 15 percent of the real ones, in
      proportion or through one monotone compression of the real figures.
    met: {mechanic: dataset, of: planets, quantity: distance, used: position, matched: {min: 8}, fit: [linear, compressed], ties: false, error: {max: 15}}
    broken:
      - when: {mechanic: dataset, of: planets, quantity: distance, used: position, status: broken}
        failure: tunable
        advice: Correct the constant or formula that turns the real distances into drawn ones.
    advice: Derive every orbit's radius from the real distance through a single scale.

  - id: scale-periods
    title: Periods to scale
    group: Asked for by name
    weight: 6
    description: >-
      Orbital periods or angular speeds stand in the real proportion, within 15 percent. Inner planets that are faster by a
      made-up amount are not enough.
    met: {mechanic: dataset, of: planets, quantity: period, used: rate, matched: {min: 8}, fit: linear, ties: false, error: {max: 15}}
    broken:
      - when: {mechanic: dataset, of: planets, quantity: period, used: rate, status: broken}
        failure: tunable
        advice: Correct the constant or formula that turns the real periods into angular speeds.
    advice: Divide a full turn by the real period of each planet to get its angular speed.

  - id: orbit-paths
    title: Orbits are drawn
    group: Implied
    weight: 4
    description: Whole orbits are drawn; a short trail is no orbit.
    met: {mechanic: drawing, of: orbits, form: path, whole: true}
    failure: structural
    advice: Draw a closed line along the way of each planet.

  - id: pause
    title: Motion can be paused
    group: Implied
    weight: 3
    description: The reader can pause and resume the motion by a control of its own.
    met: {mechanic: control, target: pause, of: planets, input: [button, keyboard, checkbox, pointer, touch, gamepad, select]}
    failure: structural
    advice: Add a button or key that stops the clock of the simulation and starts it again.

  - id: view-control
    title: View can be moved
    group: Implied
    weight: 4
    description: The reader can zoom, pan or rotate the view; a camera that flies to a clicked planet is not enough.
    met: {mechanic: control, target: view, effect: [zoom, pan, rotate]}
    failure: structural
    advice: Let the wheel zoom the view and dragging turn or shift it.

  - id: resize-handling
    title: Follows the window
    group: Implied
    weight: 2
    description: The drawing follows the size of the window; stretching a bitmap by style is not enough.
    met: {mechanic: layout, aspect: resize, updates: [size, viewport]}
    failure: structural
    advice: Set the size of the drawing, and the aspect of the camera, whenever the window changes.

  - id: frame-rate-independent
    title: Independent of the frame rate
    group: Implied
    weight: 3
    description: The orbital update is scaled by elapsed time and not by frames.
    met: {mechanic: motion, of: planets, driven-by: loop, scaled: [elapsed, fixed-step]}
    failure: structural
    advice: Multiply every step by the time that passed since the last frame.

  - id: labels-or-legend
    title: Planets are named
    group: Implied
    weight: 3
    description: The names of the planets are on screen without clicking or opening anything.
    met: {mechanic: display, of: planets, measure: name, always: true}
    failure: structural
    advice: Write the name beside each planet, or add a legend that is always open.

"""####
  ),
  (
    "space-shooter",
    ####"""
# yaml-language-server: $schema=./rubric.schema.json
id: space-shooter
title: 3D space shooter
version: 1
description: >-
  A game to be played. Asked for by name: three dimensions, smooth controls, enemies that fire back, particles on hits,
  sound, a score.
prompt: >-
  Build a space shooter in three dimensions that is fun to play: the ship answers smoothly, enemies shoot back, hits throw
  sparks, there is sound, and a score counts up.

signals:
  words:
    - shooter
    - space shooter
    - starfighter
    - star fighter
    - space
    - galaxy
    - invaders
    - score
    - game over
    - weltraum
    - raumschiff
    - spiel
    - vaisseau
    - espace
    - nave
    - espacio
    - jeu
    - juego

vocabulary:
  player:
    en: [player, ship, hero, craft, fighter, pilot, cockpit]
    de: [spieler, schiff, raumschiff, jäger, held]
    fr: [joueur, vaisseau, pilote]
    es: [jugador, nave, piloto]
    it: [giocatore, nave, astronave]
    pt: [jogador, nave]
    pl: [gracz, statek]
    ru: [игрок, корабль]
    ja: [自機, プレイヤー]
    zh: [玩家, 飞船]
  player-shots:
    en: [bullet, laser, shot, bolt, missile, projectile, torpedo, beam]
    de: [schuss, geschoss, kugel, rakete, strahl]
    fr: [balle, tir, missile, rayon]
    es: [bala, disparo, misil, rayo]
    it: [proiettile, colpo, missile]
    pt: [bala, tiro, míssil]
    pl: [pocisk, strzał]
    ru: [пуля, снаряд]
    ja: [弾]
    zh: [子弹]
  enemies:
    en: [enemy, alien, invader, foe, hostile, drone, asteroid, boss, bandit]
    de: [gegner, feind, angreifer, asteroid]
    fr: [ennemi, adversaire, asteroide, astéroïde]
    es: [enemigo, adversario, asteroide]
    it: [nemico, avversario]
    pt: [inimigo, adversário]
    pl: [wróg, przeciwnik]
    ru: [враг, противник]
    ja: [敵]
    zh: [敌人, 敌机]
  enemy-shots:
    en: [enemybullet, plasma, orb, flak, enemyshot, enemylaser]
    de: [feindschuss, gegnerschuss]
    fr: [tirennemi]
    es: [balaenemiga, disparoenemigo]
  particles:
    en: [particle, spark, debris, explosion, fragment, burst, ember, shard]
    de: [teilchen, partikel, funke, trümmer, splitter]
    fr: [particule, etincelle, étincelle, debris, débris]
    es: [partícula, particula, chispa, escombro]
    it: [particella, scintilla]
    pt: [partícula, faísca]
    pl: [cząstka, iskra]
    ru: [частица, искра]
    ja: [粒子, パーティクル]
    zh: [粒子]

criteria:
  - id: three-d
    title: Three dimensions
    group: Asked for by name
    weight: 10
    required: true
    description: >-
      The scene that the player sees is rendered in three dimensions with depth. A renderer that is made and never renders
      does not count.
    met: {mechanic: drawing, of: scene, dimensions: {min: 3}}
    failure: structural
    advice: Render the scene with a perspective camera, in WebGL or by projecting positions in space.

  - id: player-controls
    title: Ship can be steered
    group: Asked for by name
    weight: 8
    required: true
    description: The player's ship moves under keyboard, pointer, touch or gamepad.
    met: {mechanic: control, target: player}
    failure: structural
    advice: Change the ship's position or heading by an input of the player.

  - id: smooth-controls
    title: Controls are smooth
    group: Asked for by name
    weight: 7
    description: >-
      Movement comes from keys that are held or from the position of the pointer, applied in the update loop. A fixed step
      straight in the key handler is broken: it stutters with the key repeat.
    met: {mechanic: control, target: player, apply: [held, target, drive]}
    broken:
      - when: {mechanic: control, target: player, apply: step}
        failure: structural
        advice: Record in the key handlers which keys are down, and move the ship in the update loop.
    advice: Keep the state of the keys or the pointer, and move the ship by it in the update loop.

  - id: player-fire
    title: Player can shoot
    group: Asked for by name
    weight: 7
    required: true
    description: >-
      The player can shoot, at a limited rate: a cooldown, a timer, ammunition, one shot for each press, or a cap on live
      shots. Unlimited fire is broken.
    met:
      all:
        - {mechanic: birth, of: player-shots, limited: true}
        - not: {mechanic: birth, of: player-shots, limited: false}
    broken:
      - when: {mechanic: birth, of: player-shots, limited: false}
        failure: structural
        advice: Let a shot start a cooldown, and refuse to fire until it has run out.
    advice: Make a shot when the player fires, and let a cooldown limit the rate.

  - id: enemies
    title: Enemies move
    group: Asked for by name
    weight: 7
    required: true
    description: Enemy ships, or other hostile things that act as such, are spawned and change position.
    met:
      all:
        - {mechanic: population, role: enemies}
        - {mechanic: motion, of: enemies, driven-by: loop}
    failure: structural
    advice: Spawn enemies and move every one of them in the update loop.

  - id: enemy-fire
    title: Enemies fire back
    group: Asked for by name
    weight: 9
    required: true
    description: Enemies launch projectiles that travel and are tested against the player, with some effect.
    met:
      all:
        - {mechanic: birth, of: enemy-shots, by: enemies}
        - {mechanic: motion, of: enemy-shots}
        - {mechanic: encounter, by: enemy-shots, of: player, effect: [damage, lives, end, remove, sound, particles]}
    failure: structural
    advice: Let enemies launch shots in the update loop, move the shots, and test them against the player.

  - id: hit-detection
    title: Shots hit enemies
    group: Asked for by name
    weight: 8
    required: true
    description: The player's shots are tested against enemies, and a hit damages or removes the enemy.
    met: {mechanic: encounter, by: player-shots, of: enemies, effect: [damage, remove]}
    failure: structural
    advice: Test every shot of the player against every enemy in the update loop, and damage what it hits.

  - id: player-damage
    title: Player can be hurt
    group: Implied
    weight: 5
    description: Enemy shots or collisions reduce lives, shield or health, or end the game.
    met: {mechanic: encounter, by: [enemy-shots, enemies], of: player, effect: [damage, lives, end]}
    failure: structural
    advice: Take health or a life from the player when a shot or an enemy touches the ship.

  - id: particles
    title: Particles on hits
    group: Asked for by name
    weight: 8
    description: >-
      A hit makes several short-lived particles that move and are removed, hidden or recycled at the end of their life.
      Particles that stay for ever are broken; the exhaust of an engine is no hit.
    met:
      all:
        - {mechanic: birth, of: particles, by: encounter, several: true}
        - {mechanic: motion, of: particles}
        - {mechanic: population, role: particles, bounded: true}
    broken:
      - when:
          all:
            - {mechanic: birth, of: particles, by: encounter}
            - {mechanic: population, role: particles, bounded: false}
        failure: structural
        advice: Count down a life for each particle and remove it from its list when the life is over.
    advice: Make a burst of particles where a shot hits, move them in the loop and remove them when they expire.

  - id: sound-effects
    title: Sound effects
    group: Asked for by name
    weight: 8
    description: >-
      Sounds are really started on at least two different events of the game. Local files that are played and not there are
      broken.
    met: {mechanic: sound, count: {min: 2, distinct: event}}
    failure: structural
    advice: Start a sound when the player fires and another when something is hit.

  - id: score
    title: Score
    group: Asked for by name
    weight: 8
    required: true
    description: A score rises with kills and the total is on screen.
    met:
      all:
        - {mechanic: resource, name: score, gains: [kill, hit]}
        - {mechanic: display, of: score, live: true}
    failure: structural
    advice: Add to a score where an enemy dies, and write the total to the screen whenever it changes.

  - id: game-over-restart
    title: Game over and restart
    group: Implied
    weight: 4
    description: >-
      The game ends when the player is out of lives or health, and can be started again without loading the page anew. A
      restart by reloading, or an end that cannot be reached, is broken.
    met:
      all:
        - any:
            - {mechanic: resource, of: player, name: [lives, health, shield, energy], at-limit: end}
            - {mechanic: encounter, of: player, effect: end}
        - {mechanic: control, target: reset, through: state}
    broken:
      - when:
          any:
            - {mechanic: control, target: reset, through: reload}
            - {mechanic: resource, of: player, at-limit: reload}
        failure: structural
        advice: Set the state back to its start instead of loading the page anew.
    advice: End the game when health or lives run out, and set every state back when the player starts again.

  - id: difficulty-curve
    title: Difficulty grows
    group: Implied
    weight: 2
    description: Difficulty grows with time, score or waves; a choice in a menu or a pattern that only repeats does not count.
    met: {mechanic: influence, from: [time, score, level, kills], to: [motion, birth, resource, cooldown], of: [enemies, enemy-shots, world], trend: rising}
    failure: structural
    advice: Let the wave number, the score or the time raise how many enemies come, how fast they are or how often they fire.

  - id: frame-rate-independent
    title: Independent of the frame rate
    group: Implied
    weight: 3
    description: The update is scaled by elapsed time or runs in fixed steps from an accumulator.
    met: {mechanic: loop, main: true, scaled: [elapsed, fixed-step]}
    failure: structural
    advice: Multiply every movement and timer by the time that passed since the last frame.

  - id: pause
    title: Game can be paused
    group: Implied
    weight: 1
    description: >-
      The player can stop the world, or it stops by itself when the tab is hidden or the pointer is released. A pause screen
      over a world that runs on is broken.
    met: {mechanic: control, target: pause}
    failure: structural
    advice: Skip the update while the game is paused, and let a key toggle that.

  - id: bounded-entities
    title: Nothing piles up
    group: Implied
    weight: 3
    description: >-
      Bullets, enemies and particles that leave the field or expire are removed or recycled. Removal on a hit alone is not
      enough, and one kind that leaks fails it.
    met:
      all:
        - {mechanic: population, role: [player-shots, enemy-shots, enemies, particles], bounded: true}
        - not: {mechanic: population, transient: true, bounded: false}
    failure: structural
    advice: Remove every bullet, enemy and particle from its list once it is out of sight or its life is over.

  - id: resize-handling
    title: Follows the window
    group: Implied
    weight: 2
    description: The size and the aspect or viewport follow the window; stretching a canvas by style is not enough.
    met: {mechanic: layout, aspect: resize, updates: [size, viewport, aspect]}
    failure: structural
    advice: Set the size of the renderer and the aspect of the camera whenever the window changes.

"""####
  ),
]
