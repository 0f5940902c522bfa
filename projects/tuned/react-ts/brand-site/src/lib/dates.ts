const fmt = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' });

export function period(start: string, end: string | null): string {
  const from = fmt.format(new Date(`${start}-01T00:00:00Z`));
  const to = end ? fmt.format(new Date(`${end}-01T00:00:00Z`)) : 'present';
  return `${from} – ${to}`;
}
