import type { ErrorTable } from './error-table.ts';

/** Errors of the machine: stores, backups, model files, settings, the port, the master switch. */
export const MACHINE_ERRORS = {
  storage_full: {
    status: 507,
    message: 'The disk that holds {path} is full. Free some space; what was stored before is intact.',
  },
  storage_failed: { status: 500, message: 'The store at {path} could not be written: {reason}.' },
  store_damaged: {
    status: 500,
    message:
      'The store at {path} is damaged: {reason}. Restore it from a backup, or move the file away and ingest again.',
  },
  backup_damaged: {
    status: 422,
    message:
      '{path} cannot be trusted: {reason}. Nothing was changed. Take another copy; "answerbox backup verify FILE" tells whether one is whole.',
  },
  backup_newer: {
    status: 409,
    message:
      '{path} was made by a newer program: its {what} is {found}, this program knows up to {known}. Install the newer program first.',
  },
  backup_key_needed: {
    status: 400,
    message: '{path} is encrypted. Name the file that holds its key in ANSWERBOX_BACKUP_KEY_FILE.',
  },
  backup_key_wrong: {
    status: 403,
    message:
      'The key in ANSWERBOX_BACKUP_KEY_FILE does not open {path}. Take the key that it was made with: without it nobody can read it.',
  },
  backup_not_encrypted: {
    status: 400,
    message:
      '{path} is not encrypted, though ANSWERBOX_BACKUP_KEY_FILE names a key: anybody could have written it. Nothing was changed. If you know where it comes from, say --allow-unencrypted.',
  },
  backup_key_invalid: {
    status: 400,
    message:
      'The key file {path} cannot be used: {reason}. Make one with "openssl rand -base64 32 > FILE" and keep a copy elsewhere.',
  },
  backup_running: { status: 409, message: 'A backup is being made already. Wait until it is done.' },
  restore_not_empty: {
    status: 409,
    message:
      '{path} holds data already. Say --yes to replace all of it, or name an empty folder in ANSWERBOX_DATA_DIR.',
  },
  restore_unfinished: {
    status: 409,
    message:
      'A restore of {path} was broken off. Start the server, or run the restore again: either brings it to its end.',
  },
  offline: {
    status: 403,
    message:
      'This server is set to be offline, so nothing connects to {host} ({purpose}). Set ANSWERBOX_OFFLINE to false to allow it.',
  },
  data_folder_locked: {
    status: 409,
    message:
      'Another answerbox process (pid {pid}) already uses {path}. Stop it, or set ANSWERBOX_DATA_DIR to another folder.',
  },
  data_folder_unusable: {
    status: 500,
    message: 'The data folder {path} cannot be used: {reason}. Check that it exists and may be written.',
  },
  model_missing: {
    status: 500,
    message:
      'The model file {file} is missing. Restore models/ from the release (git checkout models, or the image).',
  },
  model_damaged: {
    status: 500,
    message:
      'The model file {file} is damaged: its SHA-256 is {found}, the manifest says {expected}. Restore it from the release.',
  },
  model_unusable: {
    status: 500,
    message:
      'The model file {file} cannot be loaded: {reason}. Restore models/ from the release, or run "answerbox doctor".',
  },
  large_generator_unusable: {
    status: 500,
    message:
      'The second generator {file} cannot be used: {reason}. Set ANSWERBOX_LARGE_GENERATOR to a GGUF file that this program may read, or leave it empty.',
  },
  model_manifest_invalid: { status: 500, message: 'The model manifest {file} cannot be used: {reason}.' },
  models_unavailable: {
    status: 503,
    message:
      'The models are starting again after a failure. Stored answers and keyword search still work; try again in {seconds} seconds.',
  },
  model_failed: {
    status: 503,
    message:
      'The model process ended while it worked on this ({reason}). It is being started again; ask again.',
  },
  config_unknown_key: {
    status: 500,
    message: 'Unknown setting {key}. Did you mean {nearest}? "answerbox config --explain" lists all.',
  },
  encryption_key_invalid: {
    status: 500,
    message: 'The key for encryption from {from} cannot be used: {reason}.',
  },
  encryption_key_missing: {
    status: 500,
    message:
      'Something here was encrypted with the key {id}, which is not among those of {from}. Put that key back (an older one goes under the newest in the key file; secrets.key comes from a copy of the data folder). If it is lost for good, "answerbox secrets drop" removes what nobody can read any more.',
  },
  sealed_value_damaged: {
    status: 500,
    message:
      'An encrypted value of {place} is not what was stored: it was changed or moved. Restore a backup, or remove it.',
  },
  config_bad_value: { status: 500, message: 'The setting {key} has the value {found}; it needs {needed}.' },
  config_unreadable: { status: 500, message: 'The file {path} is not valid JSON: {reason}.' },
  doctor_elsewhere: {
    status: 409,
    message: 'No server runs here that could be checked. Run "answerbox doctor" instead.',
  },
  port_unavailable: {
    status: 500,
    message: 'The address {host}:{port} cannot be listened on: {reason}. Set ANSWERBOX_PORT to a free port.',
  },
} as const satisfies ErrorTable;
