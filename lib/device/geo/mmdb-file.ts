import { readFile, stat } from 'node:fs/promises';
import type { Reader, Response } from 'maxmind';
import { describeThrown } from '../../domain/describe-thrown';
import { warnProcess } from '../../domain/process-warning';

/** Makes a reader of a file's bytes. @throws for what is no mmdb file */
export type OpenMmdb = (bytes: Buffer) => Pick<Reader<Response>, 'get'>;

// One of each family, so that both ends of the tree are walked.
const probes = ['8.8.8.8', '2001:4860:4860::8888'];

/**
 * An mmdb file, read into memory and read again when it has changed, whether it was written over or another was put in its place.
 * What is half written is left alone: a change counts once the file looks the same at two checks in a row and can be read; until
 * then, and where the file is gone, the one before serves. Checked when it is used, so there is nothing to stop.
 */
export class MmdbFile {
  readonly #path: string;
  readonly #open: OpenMmdb;
  readonly #interval: number;
  #reader: ReturnType<OpenMmdb> | undefined;
  /** Of what is open. */
  #version = '';
  /** What the last check found in its place. */
  #candidate = '';
  #checkedAt = -Infinity;
  #failure: unknown;
  #work: Promise<void> | undefined;

  /** @param interval - milliseconds between two checks at least */
  constructor(path: string, open: OpenMmdb, interval: number) {
    this.#path = path;
    this.#open = open;
    this.#interval = interval;
  }

  /** What the file has of an address. Waits for nothing but the first reading. @throws where that failed */
  async get(ip: string): Promise<Response | null> {
    const isDue = performance.now() - this.#checkedAt >= this.#interval;
    if (!this.#reader) await this.#first(isDue);
    else if (isDue) void this.#once(() => this.#check());
    return this.#reader!.get(ip);
  }

  /** A file that cannot be read is not read again at each sign-in. */
  async #first(isDue: boolean): Promise<void> {
    if (this.#work || isDue) await this.#once(async () => this.#read(await versionOf(this.#path)));
    if (!this.#reader) throw this.#failure;
  }

  /** One at a time. Never rejects: what it fails of is kept. */
  #once(work: () => Promise<void>): Promise<void> {
    this.#checkedAt = performance.now();
    this.#work ??= work()
      .catch((error: unknown) => (this.#failure = error))
      .then(() => (this.#work = undefined));
    return this.#work;
  }

  async #check(): Promise<void> {
    const version = await versionOf(this.#path);
    const isSettled = version === this.#candidate;
    this.#candidate = version;
    if (version === this.#version || !isSettled) return;
    try {
      await this.#read(version);
    } catch (error) {
      // Not tried again until it changes.
      this.#version = version;
      warnOfRefused(this.#path, error);
    }
  }

  async #read(version: string): Promise<void> {
    const reader = this.#open(await readFile(this.#path));
    for (const probe of probes) reader.get(probe);
    this.#reader = reader;
    this.#version = version;
  }
}

/** The same for the same contents, as far as a file system tells. @throws where there is no file */
async function versionOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs].join(':');
}

function warnOfRefused(path: string, error: unknown): void {
  warnProcess(
    `maxmindDatabase: ${path} has changed and cannot be read, so the one before still serves: ${describeThrown(error)}`,
    { code: 'SESSIONKEEPER_GEO_DATABASE' },
  );
}
