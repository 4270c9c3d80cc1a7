/** A name that stays inside the folder on every system, and that no step of a restore uses for itself. */
export function isSafePath(path: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\\:\u0000-\u001f]/.test(path) || path.startsWith('/')) return false;
  const [first = '', ...rest] = path.split('/');
  if (isOwnName(first)) return false;
  return [first, ...rest].every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Folder in the data folder in which copies are put together; nothing in it outlives the work. */
export const WORK_FOLDER = '.backup-work';
/** Folder in the data folder in which a restore is got ready. */
export const RESTORE_FOLDER = '.restore';
/** Folder in the data folder for backups by schedule, where the settings name no other. */
export const BACKUPS_FOLDER = 'backups';

/** What of the data folder is not the owner's data: locks, work in progress, backups. */
export function isOwnName(name: string): boolean {
  return (
    [WORK_FOLDER, RESTORE_FOLDER, BACKUPS_FOLDER, 'control.json', 'lock.pid'].includes(name) ||
    name.startsWith('lock.sqlite')
  );
}
