import { call } from './api.js';
import { choiceCard } from './device-card.js';
import { find } from './dom.js';
import { limitTitle } from './words.js';

/**
 * Shows which devices are in the way of a sign-in. To choose one ends it and signs in here, in one step of the server: `act` runs
 * that and shows the outcome.
 */
export function showChoice({ sessions, resolutionToken }, act) {
  // The token serves once: a second click must not ask again, and be refused.
  let isAsked = false;
  const choose = async ({ id }) => {
    if (isAsked) return;
    isAsked = true;
    await act(
      () => call('POST', '/api/v1/sessions/limit-resolutions', { resolutionToken, endSessionId: id }),
      'You are signed in here, and the other device was signed out.',
    );
    isAsked = false;
  };
  find('limit-title').textContent = limitTitle(sessions.length);
  find('choices').replaceChildren(...sessions.map((session) => choiceCard(session, () => choose(session))));
}
