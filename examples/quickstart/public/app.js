import { activityLine } from './activity-line.js';
import { call } from './api.js';
import { deviceCard } from './device-card.js';
import { find } from './dom.js';
import { showChoice } from './limit-view.js';
import { say } from './notice.js';
import { problemText, whyNotChosen, whySignedOut } from './words.js';

const sessionsPath = '/api/v1/sessions';
const views = ['signed-out', 'step-up', 'limit-reached', 'signed-in'];

/** Until it is known who is here, asks again: a store that is away for a moment signs nobody out. */
async function start() {
  await attempt(async () => {
    await refresh();
    say('');
  });
  if (views.every((view) => find(view).hidden)) setTimeout(start, 2_000);
}

/** Asks who is signed in and shows what belongs to them. */
async function refresh() {
  const me = await call('GET', '/me');
  find('user').textContent = me.userId;
  find('password').elements.username.value = me.userId;
  await Promise.all([
    showList('devices', sessionsPath, (session) =>
      deviceCard(session, {
        act,
        end: () => (session.current ? signOut() : endDevice(session)),
      }),
    ),
    showList('activity', `${sessionsPath}/activity?limit=8`, activityLine),
  ]);
  find('end-others').hidden = find('devices').children.length < 2;
  show('signed-in');
}

/** Fills a list with the first page; its button brings the next. */
async function showList(id, path, line, cursor) {
  const url = cursor ? `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}` : path;
  const { data, nextCursor } = await call('GET', url);
  // This device first; the rest stay in the server's order.
  const lines = data.toSorted((a, b) => Number(b.current ?? 0) - Number(a.current ?? 0)).map(line);
  if (cursor) find(id).append(...lines);
  else find(id).replaceChildren(...lines);
  const more = find(`more-${id}`);
  more.hidden = nextCursor === null;
  more.onclick = () => attempt(() => showList(id, path, line, nextCursor));
}

/** Runs a change, then shows the new state and says what was done. */
function act(change, text) {
  return attempt(async () => {
    await change();
    await refresh();
    say(text);
    // The button that was pressed went with the old list; from here a keyboard goes on to the new one.
    if (document.activeElement === document.body) find('notice').focus({ preventScroll: true });
  });
}

// One thing at a time: a list that arrives late must not undo what was shown after it was asked for.
let last = Promise.resolve();
const attempt = (work) => (last = last.then(work).catch(explain));

/** A 401 of a session brings back the sign-in form with the reason; anything else is said and changes nothing. */
function explain(error) {
  if (error.code === 'session_limit_reached') return askWhichToEnd(error.problem);
  if (error.code === 'step_up_required') return askWhetherItIsYou();
  const overAndOut = find('limit-reached').hidden ? undefined : whyNotChosen(error);
  if (overAndOut) {
    show('signed-out');
    say(overAndOut, { code: error.code, isProblem: true });
  } else if (error.status === 401 && error.code) {
    const wasSignedIn = !find('signed-in').hidden;
    show('signed-out');
    say(whySignedOut(error, wasSignedIn), { code: error.reason ?? error.code });
  } else {
    say(problemText(error), { code: error.code, isProblem: true });
  }
}

function askWhichToEnd(problem) {
  showChoice(problem, act);
  show('limit-reached');
  say('');
  find('limit-title').focus();
}

function askWhetherItIsYou() {
  if (!find('step-up').hidden) return;
  show('step-up');
  say('');
  find('step-up-title').focus();
}

function show(id) {
  const changed = find(id).hidden;
  for (const view of views) find(view).hidden = view !== id;
  find('account').hidden = id !== 'signed-in';
  if (!changed) return;
  if (id === 'signed-out') find('sign-in').elements.username.focus();
  else find('sign-in').reset();
  if (id !== 'step-up') find('confirm').reset();
  // A token that lets in, though once only, is not left lying about.
  if (id !== 'limit-reached') find('choices').replaceChildren();
}

const endDevice = (session) =>
  act(() => call('DELETE', `${sessionsPath}/${session.id}`), 'The device was signed out.');

const signOut = () =>
  attempt(async () => {
    await call('POST', '/logout');
    show('signed-out');
    say('You signed out.');
  });

function onSubmit(id, work) {
  find(id).addEventListener('submit', (event) => {
    event.preventDefault();
    void work(event.target);
  });
}

onSubmit('sign-in', (form) => {
  const { username, password, remember } = form.elements;
  const body = { username: username.value, password: password.value, remember: remember.checked };
  return act(() => call('POST', '/login', body), '');
});

onSubmit('password', (form) => {
  const body = { current: form.elements.current.value, next: form.elements.next.value };
  return act(async () => {
    await call('POST', '/password', body);
    form.reset();
  }, 'The password is changed, and all other devices are signed out.');
});

onSubmit('confirm', (form) => {
  const body = { password: form.elements.password.value };
  return act(() => call('POST', '/confirm', body), 'Thank you. You are signed in.');
});

find('sign-out').addEventListener('click', signOut);
find('step-up-sign-out').addEventListener('click', signOut);
find('cancel-choice').addEventListener('click', () => {
  show('signed-out');
  say('');
});
find('end-others').addEventListener('click', () =>
  act(() => call('DELETE', `${sessionsPath}/?scope=others`), 'All other devices are signed out.'),
);

// Another device may have ended this session, or joined, while the page was out of sight.
window.addEventListener('focus', () => {
  const renaming = find('devices').querySelector('form:not([hidden])');
  if (!find('signed-in').hidden && !renaming) void attempt(refresh);
});

void start();
