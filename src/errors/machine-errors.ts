import type { ErrorTable } from './error-table.ts';

/** Errors of the machine: stores, model files, settings, the port. */
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
