import { call } from './api.js';
import { copyOf } from './dom.js';
import { showRisk } from './risk-badge.js';
import { deviceText, placeText, showTime } from './words.js';

const icons = ['desktop', 'phone', 'tablet'];

/** One of one's own devices, to look at, rename, trust and end. `act` runs a change and shows the outcome; `end` ends this session. */
export function deviceCard(session, { act, end }) {
  const { card, part } = describe(session);
  addActions(session, part, { act, end });
  return card;
}

/** One device of those of which one has to go. */
export function choiceCard(session, choose) {
  const { card, part } = describe(session);
  for (const name of ['rename', 'edit', 'trust']) part(name).remove();
  part('end').textContent = 'Sign out and continue here';
  part('end').addEventListener('click', choose);
  return card;
}

/** What a device says of itself is never trusted: it goes into the page as text only. */
function describe(session) {
  const card = copyOf('device');
  const part = (name) => card.querySelector(`[data-${name}]`);
  const { device } = session;
  const platform = deviceText(device);
  const kind = device.type === 'other' ? '' : device.type;
  card.dataset.session = session.id;
  card.querySelector('use').setAttribute('href', `#${icons.includes(device.type) ? device.type : 'other'}`);
  part('name').textContent = device.name ?? platform;
  part('platform').textContent = [device.name && platform, device.model, kind].filter(Boolean).join(' · ');
  labelButtons(card, part('name'), session.id);
  part('place').textContent = placeText(session);
  part('agent').textContent = session.userAgent ?? 'none';
  part('id').textContent = session.id;
  for (const badge of ['current', 'trusted', 'remember']) part(badge).hidden = !session[badge];
  part('step-up').hidden = !session.stepUpRequired;
  showRisk(session.risk, part);
  showTime(part('created'), session.createdAt);
  showTime(part('seen'), session.lastSeenAt);
  showTime(part('ends'), lastMoment(session.deadlines));
  return { card, part };
}

function addActions(session, part, { act, end }) {
  const change = (body, text) => act(() => call('PATCH', `/api/v1/sessions/${session.id}`, body), text);
  const form = part('rename');
  const input = form.elements.name;
  const edit = (open) => {
    form.hidden = !open;
    part('edit').hidden = open;
    (open ? input : part('edit')).focus();
  };
  input.value = session.device.name ?? '';
  part('trust').textContent = session.trusted ? 'Untrust' : 'Trust';
  part('edit').addEventListener('click', () => edit(true));
  part('cancel').addEventListener('click', () => edit(false));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void change({ name: input.value.trim() || null }, 'The device has a new name.');
  });
  part('trust').addEventListener('click', () =>
    change(
      { trusted: !session.trusted },
      session.trusted ? 'The device is no longer trusted.' : 'The device is trusted.',
    ),
  );
  part('end').addEventListener('click', end);
}

/** Every card has the same buttons: who hears the page is told whose they are. */
function labelButtons(card, name, id) {
  name.id = `name-${id}`;
  for (const button of card.querySelectorAll('button')) button.setAttribute('aria-describedby', name.id);
}

function lastMoment({ access, refresh, idle, absolute }) {
  const renewable = [access, refresh].filter(Boolean).sort().at(-1);
  return [renewable, idle, absolute].filter(Boolean).sort()[0];
}
