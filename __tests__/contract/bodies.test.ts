import type {
  EndedSessionsBody,
  OneSessionBody,
  Page,
  ProblemBody,
  SessionBody,
  SessionError,
  SessionPageBody,
  SessionView,
  Tokens,
  TokensBody,
} from '../../lib';
import { session } from '../../lib/contract/session';
import { signedIn, SessionBench } from '../fixtures/session-bench';
import { httpStoreKind } from '../fixtures/stores';

/** What is given, where it is a body as well: the compiler is the judge. */
type Mutable<Value> = Value extends string
  ? Value
  : Value extends object
    ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> }
    : Value;

const body = (view: Mutable<SessionView>): SessionBody => view;
const page = (views: Mutable<Page<SessionView>>): SessionPageBody => views;
const credentials = (tokens: Tokens): TokensBody => tokens;
const code = (problem: ProblemBody): SessionError['code'] => problem.code;

test('what the manager gives, a client may take for the body of an answer', async () => {
  const { session: view, tokens } = await signedIn(new SessionBench(httpStoreKind).open());
  expect(session.parse(body(view as Mutable<SessionView>))).toEqual(view);
  const { data } = page({ data: [view as Mutable<SessionView>], nextCursor: null });
  expect(data).toEqual([view]);
  expect(credentials(tokens).accessToken).toMatch(/^sat_/);
});

test('a client may know what it is answered', () => {
  const one: Pick<OneSessionBody, 'session'> | undefined = undefined;
  const ended: EndedSessionsBody = { ended: 2 };
  const problem: ProblemBody = { type: 'urn:x', title: 'No session', status: 401, code: 'no_session' };
  // @ts-expect-error: the codes are a closed list
  const wrong: ProblemBody = { ...problem, code: 'no_such_code' };
  expect([one, ended.ended, code(problem), wrong.status]).toEqual([undefined, 2, 'no_session', 401]);
});
