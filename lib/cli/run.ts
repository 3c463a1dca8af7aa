import { types } from 'node:util';
import { adminScopes } from '../domain/admin-scope';
import { describeValue } from '../domain/describe-value';
import { SessionError } from '../domain/error';
import { version } from '../../package.json';
import { secretCommand } from './secret-command';

/** What a run of the command comes to. */
export interface Run {
  /** 0: done; 2: it was not called as it wants to be. */
  readonly exitCode: 0 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

const help = `Usage: sessionkeeper <command> [options]

Commands:
  secret            Makes an API secret for adminRouter: prints it, once, and the entry to configure.
    --id <name>       How logs call it; a random name unless given.
    --scopes <a,b>    What it may do; users:read unless given. There are
                      ${adminScopes.slice(0, 5).join(', ')},
                      ${adminScopes.slice(5).join(', ')}.
    --expires <date>  From when on it is refused, such as 2027-01-31; never unless given.
    --json            Prints { "secret", "entry" } as JSON.

Options:
  --help, -h        Prints this.
  --version, -v     Prints the version.
`;

/** Runs the command with its arguments, those behind its name; `now`: milliseconds since the epoch. */
export function run(args: readonly string[], now: number): Run {
  const [command, ...rest] = args;
  if (args.includes('--help') || args.includes('-h') || command === 'help') return done(help);
  if (command === '--version' || command === '-v') return done(`${version}\n`);
  if (command === undefined) return misused(help);
  if (command !== 'secret')
    return misused(`sessionkeeper: there is no command ${describeValue(command)}\n\n${help}`);
  try {
    return done(secretCommand(rest, now));
  } catch (error) {
    // A fault of ours shows with its stack.
    if (!(error instanceof SessionError) && !isOfParseArgs(error)) throw error;
    return misused(`sessionkeeper secret: ${error.message}\n`);
  }
}

function done(stdout: string): Run {
  return { exitCode: 0, stdout, stderr: '' };
}

function misused(stderr: string): Run {
  return { exitCode: 2, stdout: '', stderr };
}

function isOfParseArgs(error: unknown): error is Error {
  return types.isNativeError(error) && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
