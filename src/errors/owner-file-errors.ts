import type { ErrorTable } from './error-table.ts';

/** Errors of files that the owner writes: examples, questions, rules, patterns. */
export const OWNER_FILE_ERRORS = {
  evaluation_file_invalid: { status: 400, message: '{path} line {line}: {reason}.' },
  intent_examples_invalid: {
    status: 400,
    message:
      '{path} cannot be trained from: {reason}. Each intent needs at least {least} examples, as lines {"text", "label"}; label "oos" marks texts of no intent.',
  },
  intents_stale: {
    status: 409,
    message:
      'Your own intents were trained with another embedder ({found}); now it is {expected}. Run "answerbox intents train" with your file again.',
  },
  intents_damaged: {
    status: 500,
    message:
      'The file {path} with your own intents is damaged: {reason}. Run "answerbox intents train" with your file again.',
  },
  routes_invalid: {
    status: 500,
    message:
      'The routing table {path} cannot be used: {reason}. Correct it, or move the file away to use the built-in one.',
  },
  entity_pattern_invalid: {
    status: 400,
    message: 'The {kind} pattern "{pattern}" cannot be used: {reason}. Change it in the settings.',
  },
  synonyms_invalid: {
    status: 400,
    message:
      'The synonyms in {path} cannot be used: {reason}. The file is a JSON list of groups, as [["sofa", "couch"]].',
  },
  guard_file_invalid: {
    status: 500,
    message:
      'The file {path} with your own contacts and secret patterns cannot be used: {reason}. Correct it and start again.',
  },
  prompt_template_missing: {
    status: 500,
    message:
      'There is no prompt template "{name}" in {folders}. Known are: {known}. Name one of these in models/manifest.json or in large_generator_template, or put the file there.',
  },
  prompt_template_invalid: {
    status: 500,
    message:
      'The prompt template {path} cannot be used: {reason}. Correct it (data/prompts/README.md), or move the file away to use the built-in one.',
  },
  actions_file_invalid: {
    status: 500,
    message: 'The file {path} cannot be used: {reason}. Correct it and start again.',
  },
  setting_in_file: {
    status: 409,
    message:
      'This stands in {file} of the data folder, which goes before the console. Change that file, or take it out of there, and start again; then it can be set here.',
  },
  confidence_invalid: {
    status: 500,
    message:
      'The fitted confidence in {path} cannot be used: {reason}. Run "answerbox eval fit --save" again, or move the file away to use the built-in one.',
  },
} as const satisfies ErrorTable;
