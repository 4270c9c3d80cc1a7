import type { LauncherTexts } from './launcher-texts.ts';

/** The round button in the corner. Plain DOM: it stands long before the app is loaded. */
export interface Launcher {
  readonly button: HTMLButtonElement;
  update(state: LauncherState): void;
}

export interface LauncherState {
  texts: LauncherTexts;
  open: boolean;
  unread: number;
  failed: boolean;
}

const SVG = 'http://www.w3.org/2000/svg';
const SPEECH =
  'M12 4.2c-4.8 0-8.5 3.1-8.5 7.1 0 2.2 1.1 4.1 2.9 5.4L5.8 20l3.7-1.9c.8.2 1.6.3 2.5.3 4.8 0 8.5-3.1 8.5-7.1S16.8 4.2 12 4.2Z';
const CLOSE = 'M6 6l12 12M18 6L6 18';

export function createLauncher(onPress: () => void): Launcher {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'launcher';
  button.setAttribute('aria-haspopup', 'dialog');
  button.addEventListener('click', onPress);
  const path = document.createElementNS(SVG, 'path');
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  icon.setAttribute('class', 'icon');
  icon.append(path);
  const badge = document.createElement('span');
  badge.className = 'launcher-badge';
  badge.setAttribute('aria-hidden', 'true');
  button.append(icon, badge);

  const update = (state: LauncherState): void => {
    path.setAttribute('d', state.open ? CLOSE : SPEECH);
    badge.hidden = state.unread === 0;
    badge.textContent = state.unread > 99 ? '99+' : String(state.unread);
    button.setAttribute('aria-expanded', String(state.open));
    button.setAttribute('aria-label', describeLauncher(state));
    button.title = describeLauncher(state);
  };
  return { button, update };
}

export function describeLauncher({ texts, open, unread, failed }: LauncherState): string {
  if (failed) return texts.launcher_failed;
  const name = open ? texts.launcher_close : texts.launcher_open;
  return unread === 0 ? name : `${name} (${texts.launcher_unread.replace('{count}', String(unread))})`;
}
