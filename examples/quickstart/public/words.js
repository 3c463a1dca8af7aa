const reasons = {
  signed_out: 'You signed out on this device.',
  revoked: 'This device was signed out from another one.',
  revoked_all: 'This device was signed out from another one, together with all others.',
  untrusted: 'All devices that were not trusted have been signed out.',
  password_changed: 'The password was changed on another device. Sign in with the new one.',
  replaced: 'A new sign-in in this browser took the place of the old one.',
  evicted: 'This device was signed out to make room for another one.',
  token_revoked: 'The credentials of this device were withdrawn.',
  token_reuse: 'An old credential of this device was used again. That looks like theft, so the session was ended.',
  store_rolled_back: 'The server lost a recent change and cannot be sure of this session.',
  risk: 'This device was used in a way that is not yours, so it was signed out.',
  disowned: 'Somebody said of a sign-in “this wasn’t me”, so this device was signed out.',
};

const events = {
  session_created: 'Signed in',
  session_revoked: 'A device was signed out',
  sessions_revoked: 'Several devices were signed out',
  session_updated: 'A device was renamed or its trust changed',
  session_reissued: 'New credentials for a device',
  token_repeated: 'A device repeated its last renewal',
  token_reused: 'A stolen credential was suspected',
  token_revoked: 'A credential was withdrawn',
  store_rolled_back: 'The server lost a recent change',
  session_evicted: 'A device was signed out to make room for another one',
  session_limit_reached: 'A sign-in was stopped: too many devices',
  session_limit_changed: 'The number of devices allowed was changed',
  account_locked: 'Too many wrong passwords: the account was locked for a while',
  account_unlocked: 'The account was unlocked',
  sign_in_refused: 'A sign-in was refused',
  step_up_required: 'The password was asked for once more',
  step_up_confirmed: 'The password was given once more',
  risk_noticed: 'A device was used from somewhere unusual',
  sign_in_disowned: '“This wasn’t me”: a sign-in was disowned',
  link_issued: 'A notice with a “this wasn’t me” link was sent',
};

const actors = { admin: 'by an administrator', impersonator: 'by an administrator in your place' };

const levels = { low: 'A little unusual', medium: 'Unusual', high: 'Very unusual' };

const endings = {
  password_changed: 'password changed',
  token_reuse: 'suspected theft',
  replaced: 'signed in anew',
};

/** Why the sign-in form is shown, or nothing where the visitor has simply not signed in yet. */
export function whySignedOut({ code, reason, problem }, wasSignedIn) {
  if (code === 'no_session') return wasSignedIn ? 'You signed out in another tab.' : '';
  if (reason === 'evicted' && problem.replacedBy) {
    return `This device was signed out to make room for another one: ${deviceText(problem.replacedBy)}.`;
  }
  if (code === 'session_revoked') return reasons[reason] ?? `This device was signed out (${reason}).`;
  if (code === 'session_expired') return 'Your session has expired. Please sign in again.';
  return 'You are not signed in any more. Please sign in again.';
}

/** Why a choice of the device to sign out leads nowhere any more, or undefined where it still can. */
export function whyNotChosen({ code }) {
  if (code === 'token_invalid')
    return 'That choice was made already, or the time for it is over. Please sign in again.';
  if (code === 'stale_sign_in') return 'All devices were signed out while you were choosing. Please sign in again.';
  return undefined;
}

export function limitTitle(count) {
  return count === 1
    ? "You're signed in on another device — sign it out to continue here"
    : `You're signed in on ${count} devices — choose one to sign out`;
}

export function problemText(error) {
  if (error.status === 429) return `Too many attempts. Try again in ${waitText(error.retryAfter)}.`;
  if (error.status === 503) return 'The session store does not answer. Nothing is lost; try again in a moment.';
  return error.status ? `That did not work: ${error.message}` : 'The server cannot be reached.';
}

function waitText(seconds) {
  const [amount, unit] = seconds > 90 ? [Math.ceil(seconds / 60), 'minute'] : [seconds, 'second'];
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}

export function eventText({ event, reason, count }) {
  const isSeveral = event === 'sessions_revoked' && count > 1;
  const text = isSeveral ? `${count} devices were signed out` : (events[event] ?? event);
  return endings[reason] ? `${text}: ${endings[reason]}` : text;
}

export function deviceText({ browser, browserVersion, os, osVersion }) {
  const major = browserVersion?.split('.')[0];
  const program = [browser, major].filter(Boolean).join(' ');
  const system = [os, osVersion].filter(Boolean).join(' ');
  return [program || 'Unknown browser', system].filter(Boolean).join(' on ');
}

/** How far from usual a session is. */
export function riskText(level) {
  return levels[level] ?? level;
}

/** What was noticed of a sign-in or use: `new country, new network`. */
export function noticedText(risk) {
  const codes = risk?.codes ?? [];
  return codes.length === 0 ? '' : `Noticed: ${codes.map((code) => code.replaceAll('_', ' ')).join(', ')}`;
}

/** Who did it, unless it was the user or the server by itself. */
export function actorText({ type }) {
  return actors[type] ? ` · ${actors[type]}` : '';
}

/** On what and from where something was done; empty where nothing of it is known. */
export function whereText({ ip, client }) {
  const place = client?.location || ip ? placeText({ ip, location: client?.location }) : '';
  return [client && deviceText(client.device), place].filter(Boolean).join(' · ');
}

/** From where, as far as that is known. */
export function placeText({ ip, location }) {
  const place = [location?.city, location?.country].filter(Boolean).join(', ');
  return [place, ip].filter(Boolean).join(' · ') || 'unknown';
}

/** Writes a time into a `<time>` element: in everyday words, with the exact one as its title. */
export function showTime(element, iso) {
  const date = new Date(iso);
  element.textContent = inWords((date.getTime() - Date.now()) / 60_000);
  element.dateTime = iso;
  element.title = date.toLocaleString('en');
}

function inWords(minutes) {
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const amount = Math.abs(minutes);
  if (amount < 1) return 'just now';
  if (amount < 60) return words.format(Math.trunc(minutes), 'minute');
  if (amount < 24 * 60) return words.format(Math.trunc(minutes / 60), 'hour');
  return words.format(Math.trunc(minutes / 60 / 24), 'day');
}
