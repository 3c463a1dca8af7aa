import { find } from './dom.js';

/** Says one thing at the top of the page, and to screen readers; `code` is for whoever builds on this. */
export function say(text, { code = '', isProblem = false } = {}) {
  const notice = find('notice');
  notice.textContent = text;
  notice.classList.toggle('shown', text !== '');
  notice.classList.toggle('problem', isProblem);
  if (!text || !code) return;
  const mark = document.createElement('code');
  mark.textContent = code;
  notice.append(' ', mark);
}
