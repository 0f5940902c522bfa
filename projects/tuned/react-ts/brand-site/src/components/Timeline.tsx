import { useState } from 'react';
import { roles } from '../lib/content';
import { period } from '../lib/dates';
import { ContextMap } from './ContextMap';

export function Timeline() {
  const [openId, setOpenId] = useState<string | null>(null);

  return (
    <section id="work" className="section">
      <h2>Work</h2>
      <p className="section__lead">Each role is backed by a document you can open. Select a role to expand it and see its context map.</p>
      <ol className="timeline">
        {roles.map((role) => {
          const open = role.id === openId;
          return (
            <li key={role.id} className={open ? 'role role--open' : 'role'}>
              <button
                type="button"
                className="role__head"
                aria-expanded={open}
                onClick={() => setOpenId(open ? null : role.id)}
              >
                <span className="role__when">{period(role.start, role.end)}</span>
                <span className="role__title">{role.title}</span>
                <span className="role__company">{role.company}</span>
              </button>
              <p className="role__proof">
                <span className="badge">✓ Verified</span>{' '}
                <a href={role.proof.url} rel="noreferrer">{role.proof.label}</a>
              </p>
              {open && (
                <div className="role__body">
                  <p>{role.summary}</p>
                  <ul>
                    {role.highlights.map((h) => (
                      <li key={h}>{h}</li>
                    ))}
                  </ul>
                  <ContextMap roleId={role.id} />
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
