import { hajimeruHikari } from './hikari.js';
import { junbiKeireki } from './keireki.js';
import { naraberuSakuhin } from './sakuhin.js';
import { junbiToiawase } from './toiawase.js';

hajimeruHikari(document.getElementById('hikari'));
junbiKeireki();
naraberuSakuhin();
junbiToiawase();
