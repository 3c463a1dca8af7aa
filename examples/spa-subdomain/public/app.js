import { call, userId } from './api.js';

/** @returns {any} the element; what kind it is, index.html says */
const find = (id) => document.getElementById(id);

async function showDevices() {
  const [me, { data }] = await Promise.all([call('GET', '/me'), call('GET', '/sessions')]);
  const lines = data.map(({ device, current }) => {
    const line = document.createElement('li');
    line.textContent = `${device.browser ?? 'Unknown browser'} on ${device.os ?? 'unknown system'}${current ? ', here' : ''}`;
    return line;
  });
  find('devices').replaceChildren(...lines);
  show(true, `Signed in as ${me.userId}.`);
}

function show(signedIn, text) {
  find('signed-in').hidden = !signedIn;
  find('sign-in').hidden = signedIn;
  find('notice').textContent = text;
}

async function attempt(work) {
  try {
    await work();
  } catch (error) {
    show(false, String(error instanceof Error ? error.message : error));
  }
}

find('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  const { username, password } = event.target.elements;
  void attempt(async () => {
    await call('POST', '/login', { username: username.value, password: password.value });
    await showDevices();
  });
});

find('sign-out').addEventListener('click', () =>
  attempt(async () => {
    await call('POST', '/logout');
    show(false, 'Signed out.');
  }),
);

if (userId) await attempt(showDevices);
else show(false, 'Sign in as alice / wonderland or bob / builder.');
