import { copyOf } from './dom.js';
import { actorText, eventText, noticedText, showTime, whereText } from './words.js';

/** One line of what happened: what, when, by whom, from where. All of it is text, whatever a device says of itself. */
export function activityLine(entry) {
  const item = copyOf('event');
  const part = (name) => item.querySelector(`[data-${name}]`);
  part('text').textContent = eventText(entry);
  showTime(part('at'), entry.at);
  part('actor').textContent = actorText(entry.actor);
  for (const [name, text] of [
    ['where', whereText(entry)],
    ['score', noticedText(entry.client?.risk)],
  ]) {
    part(name).textContent = text;
    part(name).hidden = text === '';
  }
  return item;
}
