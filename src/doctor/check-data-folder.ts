import { accessSync, constants, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findServer } from '../cli/backend.ts';
import type { Config } from '../config.ts';
import { hasCode, reasonOf } from '../errors.ts';
import { lockFolder } from '../stores/sqlite/lock-folder.ts';
import { nearestFolder } from './check-disk.ts';
import { failed, ok, warning, type Finding } from './doctor-types.ts';

const FIX = 'Give this user the right to write there, or set ANSWERBOX_DATA_DIR to another folder.';

export async function checkDataFolder(config: Config): Promise<Finding> {
  const folder = resolve(config.data_dir);
  const server = await findServer(config);
  if (server)
    return ok(`${folder} is held by the running server (pid ${server.pid})`, { folder, pid: server.pid });
  if (!existsSync(folder)) return checkCreatable(folder);
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    lockFolder(folder).release();
    return ok(`${folder} can be written and is free`, { folder });
  } catch (error) {
    if (!hasCode(error, 'data_folder_locked'))
      return failed(`${folder} cannot be used: ${reasonOf(error)}`, FIX, { folder });
    const pid = error.details['pid'] ?? 'unknown';
    return warning(
      `${folder} is in use by another process (pid ${pid}).`,
      `Wait until it is done, or stop process ${pid}.`,
      { folder, pid },
    );
  }
}

function checkCreatable(folder: string): Finding {
  const parent = nearestFolder(folder);
  try {
    accessSync(parent, constants.W_OK | constants.X_OK);
    return ok(`${folder} does not exist yet and can be made`, { folder });
  } catch (error) {
    return failed(`${folder} does not exist and cannot be made: ${reasonOf(error)}`, FIX, { folder });
  }
}
