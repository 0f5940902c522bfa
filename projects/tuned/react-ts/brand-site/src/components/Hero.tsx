import { motion, type Variants } from 'framer-motion';

const container: Variants = {
  hidden: {},
  shown: { transition: { staggerChildren: 0.09 } },
};
const word: Variants = {
  hidden: { opacity: 0, y: 40 },
  shown: { opacity: 1, y: 0, transition: { type: 'spring', stiffness: 120, damping: 18 } },
};

export function Hero() {
  const line = 'I build calm tools for people who work near water.';
  return (
    <section id="top" className="hero">
      <motion.h1 variants={container} initial="hidden" animate="shown">
        {line.split(' ').map((w, i) => (
          <motion.span key={i} variants={word} className="hero__word">
            {w}{' '}
          </motion.span>
        ))}
      </motion.h1>
      <p className="hero__sub">Frontend engineer in Falmouth, working with ports, archives and chart makers.</p>
      <a className="button" href="#contact">Start a conversation</a>
    </section>
  );
}
