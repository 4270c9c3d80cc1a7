import type { ErrorTable } from './error-table.ts';

/** Errors of documents, of the jobs and sites that bring them in, and of their health. */
export const KNOWLEDGE_ERRORS = {
  document_not_found: { status: 404, message: 'There is no document with the id {id}.' },
  document_gone: {
    status: 404,
    message:
      '{source} was removed before its turn came; nothing was read. Send it again if it is still wanted.',
  },
  job_not_found: { status: 404, message: 'There is no job with the id {id}.' },
  document_empty: { status: 422, message: '{source} holds no text that could be read.' },
  document_too_large: {
    status: 413,
    message:
      '{source} has {found} bytes; at most {limit} are taken. Split it, or raise ANSWERBOX_MAX_DOCUMENT_BYTES.',
  },
  document_binary: {
    status: 415,
    message:
      '{source} is {found}, which cannot be read. Save it as PDF, DOCX, XLSX, PPTX, HTML, Markdown or plain text and send that.',
  },
  document_encoding: {
    status: 422,
    message: '{source} is text in no encoding that could be made out. Save it as UTF-8 and try again.',
  },
  document_damaged: {
    status: 422,
    message:
      '{source} is damaged or cut off and cannot be read as {format}: {reason}. Open it in the program that made it, save it anew, and send the new file.',
  },
  document_encrypted: {
    status: 422,
    message:
      '{source} is protected with a password or by rights management. Save a copy without it and send the copy.',
  },
  document_needs_ocr: {
    status: 422,
    message:
      '{source} holds pictures of text only. Install the Debian package tesseract-ocr (and tesseract-ocr-LANGUAGE), then send it again.',
  },
  document_pictures_left: {
    status: 413,
    message:
      '{source} was read, but {which} not: the text there is a picture, and reading so many takes too long. Split the file and send the parts.',
  },
  document_pictures_failed: {
    status: 422,
    message:
      '{source} was read, but {which} not: the text there is a picture, and tesseract failed on it. Scan it anew, or write the text beside it.',
  },
  document_unmapped_fonts: {
    status: 422,
    message:
      '{source} draws its text with fonts that do not say which letters they show. Make the PDF anew with text export, or install the Debian package tesseract-ocr and send it again.',
  },
  document_over_limit: {
    status: 413,
    message: '{source} has {found} {what}; at most {limit} are read. Split it and send the parts.',
  },
  document_compression: {
    status: 413,
    message:
      '{source} unpacks to {found} bytes, {ratio} times its size; files like that are not opened. Unpack it yourself and send what you need.',
  },
  document_nesting: {
    status: 413,
    message: '{source} nests {what} deeper than {limit} levels. Send the inner files by themselves.',
  },
  document_xml_entities: {
    status: 422,
    message:
      '{source} declares XML entities, which no office program does and attacks do. Open it in an office program and save it anew.',
  },
  document_member_name: {
    status: 422,
    message:
      '{source} has a name that leads out of its archive or cannot be shown. Pack it again under a plain name.',
  },
  document_timeout: {
    status: 422,
    message:
      '{source} was not read after {seconds} seconds, so reading it was ended. Split it, or save it in a simpler format.',
  },
  document_memory: {
    status: 422,
    message:
      '{source} needed more than {limit} MB of memory, so reading it was ended. Split it, or save it in a simpler format.',
  },
  document_reader_ended: {
    status: 422,
    message:
      'Reading {source} ended the process that did it ({reason}). Nothing else was touched; save the file in another format and send that.',
  },
  document_scope_invalid: {
    status: 422,
    message: '{source}: "{field}" is "{found}"; it needs {needed}. Correct it and send the document again.',
  },
  source_unreadable: {
    status: 422,
    message: '{source} could not be read: {reason}. Check that it exists and may be read.',
  },
  source_vanished: {
    status: 422,
    message: '{source} was gone when it was to be read. Run ingest again if it comes back.',
  },
  folder_unreadable: {
    status: 422,
    message:
      '{source} could not be read: {reason}. The documents that came from there are kept. Make it readable, then read the folder again.',
  },
  folder_empty: {
    status: 422,
    message:
      '{source} holds no document any more, and {documents} came from there: it may not be mounted, so they are kept. Mount it and read it again; if they are to go, remove this folder from the list of sources.',
  },
  removal_held: {
    status: 409,
    message:
      '{source} is gone, and its document is kept: this visit would remove {removals} of {total} documents, which is more than half. See that the site or folder is as it should be; then visit it again, or retry this item to remove the document.',
  },
  page_moved_for_now: {
    status: 422,
    message:
      '{source} leads to {target} for now (status {status}), so its document is kept as it was. Visit the site again later; if the page moved for good, let the site answer 301, or remove the document.',
  },
  document_gave_up: {
    status: 500,
    message:
      '{source} was begun {attempts} times and never came to an end: the program or its models ended each time. Leave it out, or retry it by itself.',
  },
  job_over: { status: 409, message: 'The job {id} is over ({state}). Retry its failed files instead.' },
  job_nothing_to_retry: {
    status: 409,
    message: 'Nothing of the job {id} can be retried: no file failed, or its bytes are gone. Send it again.',
  },
  source_not_found: { status: 404, message: 'There is no watched site or folder with the id {id}.' },
  passage_not_found: {
    status: 404,
    message:
      'The document {id} has no passage {passage}. It may have been read anew since: list its passages again.',
  },
  document_not_editable: {
    status: 409,
    message:
      '{source} ({mediaType}) is no text that can be written here. Download it, change it, and put it back with "replace".',
  },
  document_changed: {
    status: 409,
    message: 'The document {id} was changed by somebody else meanwhile. Open it again and repeat the change.',
  },
  version_not_found: { status: 404, message: 'The document {id} has no version {version}.' },
  site_address_invalid: {
    status: 400,
    message: '{address} cannot be crawled: {reason}. Give a full address, as https://shop.example/help.',
  },
  page_skipped: { status: 422, message: '{source} was not read: {reason}.' },
  page_unreachable: {
    status: 502,
    message: '{source} could not be reached: {reason}. Check the address, or retry it later.',
  },
  page_missing: {
    status: 404,
    message: '{source} is not there ({status}). Correct the link, or leave it out with an exclude pattern.',
  },
  page_refused: {
    status: 502,
    message:
      '{source} answered {status}. Let the crawler (user agent Answerbox) in, or save the page and upload it.',
  },
  page_too_large: {
    status: 413,
    message: '{source} is larger than {limit} bytes. Save the part that is needed and upload it.',
  },
  page_too_slow: {
    status: 504,
    message: '{source} took longer than {seconds} seconds. Retry it when the site is faster.',
  },
  page_address_refused: {
    status: 403,
    message:
      '{source} leads to {address}, which is private or local and so refused. If that host is yours, name it in ANSWERBOX_CRAWL_PRIVATE_HOSTS.',
  },
  robots_unreadable: {
    status: 502,
    message:
      'The rules of {source} (robots.txt) could not be read: {reason}. Without them nothing is read; retry later.',
  },
  gap_not_found: { status: 404, message: 'There is no open question group with the id {id}.' },
  finding_not_found: {
    status: 404,
    message: 'There is no finding with the id {id} in the last report. Read the report again.',
  },
  health_running: {
    status: 409,
    message: 'A check of the knowledge is running. Wait for it, or stop it first.',
  },
} as const satisfies ErrorTable;
