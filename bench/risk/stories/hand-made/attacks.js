/**
 * Lives that somebody breaks into, written down by hand.
 *
 * @type {readonly import('../../story.js').Story[]}
 */
export const attackedLives = [
  {
    name: 'Stolen refresh token, renewed from another country with another browser',
    kind: 'stolen token, other country',
    devices: { phone: 'safari 17.4 on iphone 17.4', thief: 'chrome 126 on windows 10' },
    steps: [
      '0d sign-in phone at madrid/home',
      '20d use phone at madrid/home',
      '1h use phone at madrid/mobile-2',
      '0s steal phone thief',
      '20m ! renew thief at moscow/home',
    ],
  },
  {
    name: 'Stolen refresh token of an app, from another country with a script',
    kind: 'stolen token, other country',
    devices: { phone: 'safari 17.4 on iphone 17.4', thief: 'script, no id' },
    steps: [
      '0d sign-in phone at madrid/home',
      '20d use phone at madrid/home',
      '0s steal phone thief',
      '3d ! renew thief at hanoi/datacenter',
    ],
  },
  {
    name: 'Stolen refresh token, used in the same city with another browser',
    kind: 'stolen token, same city',
    devices: { laptop: 'chrome 126 on windows 10', thief: 'firefox 127 on linux' },
    steps: [
      '0d sign-in laptop at berlin/home',
      '9d use laptop at berlin/home',
      '0s steal laptop thief',
      '2h ! use thief at berlin/cafe',
    ],
  },
  {
    name: 'An older browser of the same name, in the same city',
    kind: 'stolen token, same city',
    devices: { laptop: 'chrome 126 on windows 10', thief: 'chrome 119 on windows 10' },
    steps: [
      '0d sign-in laptop at berlin/home',
      '9d use laptop at berlin/home',
      '0s steal laptop thief',
      '2h ! use thief at berlin/cafe',
    ],
  },
  {
    name: 'A flatmate with the same browser and a copied profile',
    kind: 'attacker near the victim',
    devices: { laptop: 'chrome 126 on windows 10', thief: 'copy of laptop' },
    steps: [
      '0d sign-in laptop at berlin/home',
      '9d use laptop at berlin/home',
      '0s steal laptop thief',
      '2h ! use thief at berlin/home',
    ],
  },
  {
    name: 'A colleague who knows the password, on an own machine',
    kind: 'attacker near the victim',
    devices: { laptop: 'edge 126 on windows 10', thief: 'chrome 126 on mac' },
    steps: [
      '0d sign-in laptop at berlin/office',
      '9d use laptop at berlin/office',
      '2d ! sign-in thief at berlin/office',
    ],
  },
  {
    name: 'A list of passwords from one machine abroad, then the right one',
    kind: 'credential stuffing',
    devices: { laptop: 'chrome 126 on windows 10', thief: 'chrome 109 on linux' },
    steps: [
      '0d sign-in laptop at toronto/home',
      '9d use laptop at toronto/home',
      '2d fail 4 thief at singapore/datacenter',
      '5m fail 3 thief at hanoi/datacenter',
      '10m ! sign-in thief at singapore/datacenter',
    ],
  },
  {
    name: 'A leaked password at the first try, from abroad',
    kind: 'known password, other country',
    devices: { laptop: 'chrome 126 on windows 10', thief: 'chrome 126 on linux' },
    steps: [
      '0d sign-in laptop at toronto/home',
      '9d use laptop at toronto/home',
      '2d ! sign-in thief at lagos/mobile-2',
    ],
  },
  {
    name: 'Malware takes the cookies of all browsers, a thief with the same browser hides behind a VPN of the country',
    kind: 'copied browser, same country',
    devices: { laptop: 'chrome 126 on windows 10', thief: 'copy of laptop' },
    steps: [
      '0d sign-in laptop at chicago/home',
      '9d use laptop at chicago/home',
      '0s steal laptop thief',
      '10m ! use thief at dallas/datacenter',
    ],
  },
  {
    name: 'Malware takes the cookies, the thief does not hide',
    kind: 'copied browser, other country',
    devices: { laptop: 'chrome 126 on windows 10', thief: 'copy of laptop' },
    steps: [
      '0d sign-in laptop at chicago/home',
      '9d use laptop at chicago/home',
      '0s steal laptop thief',
      '10m ! use thief at kyiv/home',
    ],
  },
  {
    name: 'A sign-in in Sydney two hours after one in Rome',
    kind: 'impossible travel',
    devices: { laptop: 'safari 17.4 on mac', thief: 'chrome 126 on windows 10' },
    steps: [
      '0d sign-in laptop at rome/home',
      '30d sign-in laptop at rome/home',
      '2h ! sign-in thief at sydney/home',
    ],
  },
  {
    name: 'A forgotten account is taken over',
    kind: 'dormant account taken over',
    devices: { laptop: 'chrome 110 on windows 10', thief: 'firefox 115 on linux' },
    steps: [
      '0d sign-in laptop at rio/home',
      '20d use laptop at rio/home',
      '200d ! sign-in thief at mexico-city/home',
    ],
  },
  {
    name: 'Signs in again from abroad after its stolen token was found out',
    kind: 'known password, other country',
    devices: { laptop: 'chrome 126 on windows 10', thief: 'chrome 126 on mac' },
    steps: [
      '0d sign-in laptop at osaka/home',
      '3d renew laptop at osaka/home',
      '0s steal laptop thief',
      '1d renew laptop at osaka/home',
      '1h use laptop at osaka/home',
      '1h ! renew thief at hanoi/home',
      '1h ! sign-in thief at hanoi/home',
    ],
  },
];
