export const roles = [
  {
    id: 'lumen',
    title: 'Lead Interaction Engineer',
    employer: 'Lumen Museum Works',
    from: 'Feb 2020',
    to: 'today',
    text: 'Permanent exhibits for five science museums, from sensor to speaker.',
    evidence: { by: 'Museum of Applied Acoustics', url: 'https://appliedacoustics.museum/credits/resonance-hall' },
    context: {
      skills: ['Web Audio', 'Rust firmware', 'Spatial sound'],
      projects: ['Resonance Hall', 'Whisper Wall'],
      team: ['4 engineers', '2 curators', '1 luthier'],
    },
  },
  {
    id: 'parity',
    title: 'Audio Software Engineer',
    employer: 'Parity Instruments',
    from: 'May 2015',
    to: 'Jan 2020',
    text: 'DSP and user interface of the P-8 drum machine.',
    evidence: { by: 'Release credits, firmware 3.1', url: 'https://parity.audio/p8/firmware/3-1#credits' },
    context: { skills: ['C++', 'DSP', 'Qt'], projects: ['P-8', 'Sample Slicer'], team: ['9 engineers'] },
  },
  {
    id: 'radio',
    title: 'Broadcast Technician',
    employer: 'Radio Vltava',
    from: 'Sep 2012',
    to: 'Apr 2015',
    text: 'Live mixing and the first streaming archive of the station.',
    evidence: { by: 'Station yearbook 2014', url: 'https://radiovltava.cz/yearbook/2014/people' },
    context: { skills: ['Live sound', 'Python'], projects: ['Streaming archive'], team: ['12 technicians'] },
  },
];

export const projects = [
  { name: 'Whisper Wall', about: 'A parabolic wall that carries a whisper forty metres, with live visualisation.', year: 2023 },
  { name: 'Slow Sequencer', about: 'A step sequencer whose shortest step is one day.', year: 2022 },
  { name: 'Patchbay', about: 'Modular synthesis in the browser, saved as a link.', year: 2021 },
  { name: 'Tidal Organ', about: 'An organ played by the harbour, with a web console for the keeper.', year: 2019 },
];
