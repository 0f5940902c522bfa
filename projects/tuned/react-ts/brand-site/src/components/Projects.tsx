import { projects } from '../lib/content';

export function Projects() {
  return (
    <section id="projects" className="section">
      <h2>Projects</h2>
      <div className="grid">
        {projects.map((p) => (
          <article key={p.slug} className="card">
            <h3><a href={p.href}>{p.title}</a></h3>
            <p>{p.blurb}</p>
            <ul className="tags">
              {p.tags.map((t) => (
                <li key={t}>{t}</li>
              ))}
            </ul>
          </article>
        ))}
      </div>
    </section>
  );
}
