const LINKS = [
  ['work', 'Work'],
  ['projects', 'Projects'],
  ['contact', 'Contact'],
] as const;

export function Nav() {
  return (
    <header className="nav">
      <a className="nav__brand" href="#top">Ines Marlowe</a>
      <nav aria-label="Sections">
        <ul>
          {LINKS.map(([id, label]) => (
            <li key={id}>
              <a href={`#${id}`}>{label}</a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}
