import { riskText } from './words.js';

/** How far from usual a session is, in one word, and every reason in a sentence. Colour only repeats what the words say. */
export function showRisk(risk, part) {
  if (!risk || risk.signals.length === 0) return;
  const badge = part('risk');
  badge.hidden = risk.level === 'none';
  badge.dataset.level = risk.level;
  badge.textContent = riskText(risk.level);
  part('noticed').hidden = false;
  part('noticed').append(...risk.signals.map(({ because }) => reason(because)));
}

function reason(because) {
  const element = document.createElement('dd');
  element.textContent = because;
  return element;
}
