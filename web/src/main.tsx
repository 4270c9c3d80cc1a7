import { render } from 'preact';
import { CustomerPage } from './components/customer-page.tsx';
import { takeLinkedConversation } from './conversation/take-linked-conversation.ts';
import { translate } from './translate.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/page.css';
import './styles/welcome.css';
import './styles/messages.css';
import './styles/composer.css';
import './styles/pictures.css';
import './styles/source-panel.css';

document.documentElement.lang = translate('lang');
document.documentElement.dir = translate('dir');

takeLinkedConversation();
// A link that is followed where the page stands already changes nothing but the fragment.
addEventListener('hashchange', () => {
  if (takeLinkedConversation()) location.reload();
});

const root = document.querySelector('#page');
if (root) render(<CustomerPage />, root);
