import { MotionConfig } from 'framer-motion';
import { Contact } from './components/Contact';
import { Hero } from './components/Hero';
import { Nav } from './components/Nav';
import { Projects } from './components/Projects';
import { Timeline } from './components/Timeline';

export default function App() {
  return (
    <MotionConfig reducedMotion="user">
      <Nav />
      <main>
        <Hero />
        <Timeline />
        <Projects />
        <Contact />
      </main>
      <footer className="footer">© {new Date().getFullYear()} Ines Marlowe</footer>
    </MotionConfig>
  );
}
