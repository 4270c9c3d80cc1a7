import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';

export interface TlsFiles {
  /** PEM, the server's own certificate first. */
  cert: string;
  key: string;
  minVersion: 'TLSv1.2';
}

type TlsConfig = Pick<Config, 'tls_cert_file' | 'tls_key_file'>;

/**
 * What the server proves itself with, read and tried before it listens.
 * @returns null where https is not asked for
 * @throws config_bad_value for a file that is missing, cannot be read, is no PEM or does not fit the other one
 */
export function readTls(config: TlsConfig, now = new Date()): TlsFiles | null {
  const { tls_cert_file: certFile, tls_key_file: keyFile } = config;
  if (certFile === '' && keyFile === '') return null;
  const cert = readSetting(config, 'tls_cert_file');
  const key = readSetting(config, 'tls_key_file');
  const leaf = readLeaf(certFile, cert);
  if (Date.parse(leaf.validTo) < now.getTime())
    throw refused(
      'tls_cert_file',
      certFile,
      `a certificate that holds still; this one ended ${leaf.validTo}`,
    );
  try {
    createSecureContext({ cert, key, minVersion: 'TLSv1.2' });
  } catch (error) {
    const needed = `the private key, in PEM and without a password, of the certificate in ${certFile} (${reasonOf(error)})`;
    throw refused('tls_key_file', keyFile, needed, error);
  }
  return { cert, key, minVersion: 'TLSv1.2' };
}

function readSetting(config: TlsConfig, name: keyof TlsConfig): string {
  const path = config[name];
  if (path === '') {
    const other = name === 'tls_key_file' ? 'tls_cert_file' : 'tls_key_file';
    throw refused(name, path, `a file too, since ${other} names one`);
  }
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw refused(name, path, `a PEM file that the server can read (${reasonOf(error)})`, error);
  }
}

function readLeaf(path: string, cert: string): X509Certificate {
  try {
    return new X509Certificate(cert);
  } catch (error) {
    throw refused('tls_cert_file', path, `a certificate in PEM (${reasonOf(error)})`, error);
  }
}

function refused(key: keyof TlsConfig, path: string, needed: string, cause?: unknown): AnswerboxError {
  return new AnswerboxError('config_bad_value', { key, found: `"${path}"`, needed }, cause);
}
