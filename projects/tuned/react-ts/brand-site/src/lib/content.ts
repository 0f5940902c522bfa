export interface Role {
  id: string;
  title: string;
  company: string;
  start: string;
  end: string | null;
  summary: string;
  highlights: string[];
  proof: { label: string; url: string };
}

export interface ContextNode {
  kind: 'skill' | 'project' | 'person';
  label: string;
}

export interface Project {
  slug: string;
  title: string;
  blurb: string;
  tags: string[];
  href: string;
}

export const roles: Role[] = [
  {
    id: 'harbourline',
    title: 'Principal Frontend Engineer',
    company: 'Harbourline',
    start: '2021-04',
    end: null,
    summary: 'Own the operator console used by 40 ports to plan berths and tugs.',
    highlights: ['Cut initial load from 9 s to 1.8 s', 'Moved 120 screens to a shared component library'],
    proof: { label: 'Reference letter', url: 'https://inesmarlowe.dev/proof/harbourline-letter.pdf' },
  },
  {
    id: 'fathom',
    title: 'Senior Engineer',
    company: 'Fathom Charts',
    start: '2017-09',
    end: '2021-03',
    summary: 'Built the WebGL renderer behind interactive sea charts.',
    highlights: ['60 fps with 2 million soundings', 'Open-sourced the tile decoder'],
    proof: { label: 'Release notes naming the author', url: 'https://github.com/fathom-charts/soundings/releases/tag/v2.0.0' },
  },
  {
    id: 'coastal',
    title: 'Web Developer',
    company: 'Coastal Archive Trust',
    start: '2014-06',
    end: '2017-08',
    summary: 'Digitised a century of lighthouse logbooks with a team of volunteers.',
    highlights: ['38,000 pages transcribed'],
    proof: { label: 'Annual report 2016', url: 'https://coastalarchive.org/reports/2016' },
  },
];

// Everything that surrounded a role: what was used, what was made, who was there.
export const contextGraph: Record<string, ContextNode[]> = {
  'role-harbourline': [
    { kind: 'skill', label: 'TypeScript' },
    { kind: 'skill', label: 'React' },
    { kind: 'project', label: 'Berth Planner' },
    { kind: 'person', label: '7 engineers' },
  ],
  'role-fathom': [
    { kind: 'skill', label: 'WebGL' },
    { kind: 'project', label: 'Soundings' },
    { kind: 'person', label: '2 cartographers' },
  ],
  'role-coastal': [
    { kind: 'skill', label: 'Django' },
    { kind: 'project', label: 'Logbook Transcriber' },
    { kind: 'person', label: '60 volunteers' },
  ],
};

export const projects: Project[] = [
  { slug: 'soundings', title: 'Soundings', blurb: 'A vector tile decoder for depth data, in 6 kB.', tags: ['Rust', 'WASM'], href: 'https://github.com/ines-marlowe/soundings' },
  { slug: 'tideline', title: 'Tideline', blurb: 'Tide tables that read like a train timetable.', tags: ['React', 'SVG'], href: 'https://tideline.inesmarlowe.dev/' },
  { slug: 'logbook', title: 'Logbook', blurb: 'Transcription tool built with and for volunteers.', tags: ['Django', 'htmx'], href: 'https://github.com/ines-marlowe/logbook' },
  { slug: 'buoy', title: 'Buoy', blurb: 'A status page generator for small teams.', tags: ['Go'], href: 'https://github.com/ines-marlowe/buoy' },
];
