import { useState, type FormEvent } from 'react';

type Fields = { name: string; email: string; message: string };
type Errors = Partial<Record<keyof Fields, string>>;

const EMPTY: Fields = { name: '', email: '', message: '' };

// Validates a field and returns the message to show, if any.
function validate(key: keyof Fields, value: string): string | undefined {
  if (!value.trim()) return 'Please fill this in.';
  if (key === 'email' && !/^\S+@\S+\.\S+$/.test(value)) return 'That does not look like an email address.';
  return undefined;
}

export function Contact() {
  const [fields, setFields] = useState<Fields>(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [sent, setSent] = useState(false);

  const set = (key: keyof Fields) => (e: { target: { value: string } }) => setFields((f) => ({ ...f, [key]: e.target.value }));
  const check = (key: keyof Fields) => () => setErrors((err) => ({ ...err, [key]: validate(key, fields[key]) }));

  function onSubmit(e: FormEvent) {
    e.preventDefault();
    const body = encodeURIComponent(`${fields.message}\n\n${fields.name} <${fields.email}>`);
    window.location.href = `mailto:hello@inesmarlowe.dev?subject=Website&body=${body}`;
    setSent(true);
    setFields(EMPTY);
  }

  return (
    <section id="contact" className="section">
      <h2>Contact</h2>
      <form onSubmit={onSubmit} className="form" noValidate>
        <label htmlFor="name">Name</label>
        <input id="name" value={fields.name} onChange={set('name')} onBlur={check('name')} autoComplete="name" />
        {errors.name && <p className="error">{errors.name}</p>}

        <label htmlFor="email">Email</label>
        <input id="email" type="email" value={fields.email} onChange={set('email')} onBlur={check('email')} autoComplete="email" />
        {errors.email && <p className="error">{errors.email}</p>}

        <label htmlFor="message">Message</label>
        <textarea id="message" rows={6} value={fields.message} onChange={set('message')} onBlur={check('message')} />
        {errors.message && <p className="error">{errors.message}</p>}

        <button className="button" type="submit">Send</button>
        <p role="status">{sent ? 'Your mail program should now be open. Thank you!' : ''}</p>
      </form>
    </section>
  );
}
