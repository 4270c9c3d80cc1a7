import { render } from 'preact';
import { App } from './shell/app.tsx';
import { followTheme } from './shell/theme.ts';
import { translate } from './translate.ts';
import './styles/console.css';

document.documentElement.lang = translate('lang');
followTheme();

const root = document.querySelector('#console');
if (root) render(<App />, root);
