/**
 * Lives with more than one device in use at a time, written down by hand: the harmless ones, and those that somebody breaks into.
 *
 * @type {readonly import('../../story.js').Story[]}
 */
export const livesOnSeveralDevices = [
  {
    name: 'A laptop at home, then a new phone whose gateway is in another city',
    kind: 'new phone on a mobile network',
    devices: { laptop: 'chrome 126 on windows 10', phone: 'safari 17.4 on iphone 17.4' },
    steps: [
      '0d sign-in laptop at los-angeles/home',
      '1m sign-in phone at dallas/gateway-1',
      '1m use laptop at los-angeles/home',
      '5m use phone at chicago/gateway-2',
      '3h use phone at los-angeles/home',
    ],
  },
  {
    name: 'The same in a smaller country, minutes later',
    kind: 'new phone on a mobile network',
    devices: { laptop: 'firefox 127 on windows 10', phone: 'chrome 126 on android 14' },
    steps: [
      '0d sign-in laptop at berlin/home',
      '20d use laptop at berlin/home',
      '8m sign-in phone at frankfurt/gateway',
      '1d use phone at munich/gateway-3',
    ],
  },
  {
    name: 'A VPN abroad on the laptop, with the phone beside it',
    kind: 'VPN beside the phone',
    devices: { laptop: 'chrome 126 on mac', phone: 'safari 17.4 on iphone 17.4' },
    steps: [
      '0d sign-in laptop at berlin/home',
      '1h sign-in phone at berlin/home',
      '9d use phone at berlin/home',
      '1m use laptop at berlin/home',
      '1m use laptop at amsterdam/vpn',
      '1m use phone at berlin/mobile-4',
      '5m use laptop at zurich/vpn',
      '1h use laptop at berlin/home',
    ],
  },
  {
    name: 'Signs in over a VPN on the laptop of a month, the phone was used ten minutes before',
    kind: 'VPN beside the phone',
    devices: { laptop: 'chrome 126 on mac', phone: 'safari 17.4 on iphone 17.4' },
    steps: [
      '0d sign-in laptop at berlin/home',
      '1h sign-in phone at berlin/home',
      '30d use phone at berlin/home',
      '10m sign-in laptop at amsterdam/vpn',
      '20m use phone at berlin/home',
      '30m sign-in laptop at london/vpn',
    ],
  },
  {
    name: 'The phone on its gateways all day, the laptop in the office',
    kind: 'laptop and phone in turns',
    devices: { laptop: 'edge 126 on windows 10', phone: 'chrome 126 on android 14' },
    steps: [
      '0d sign-in laptop at boston/office',
      '1d sign-in phone at boston/home',
      '14h use laptop at boston/office',
      '2m use phone at new-york/gateway-7',
      '2m use laptop at boston/home',
      '2m use phone at chicago/gateway-1',
      '9m sign-in laptop at boston/office',
      '1m sign-in phone at new-york/gateway-9',
    ],
  },
  {
    name: "Malware takes the laptop's cookies while the phone is in use",
    kind: 'copied browser, phone in use',
    devices: {
      laptop: 'chrome 126 on windows 10',
      phone: 'safari 17.4 on iphone 17.4',
      thief: 'copy of laptop',
    },
    steps: [
      '0d sign-in laptop at chicago/home',
      '1h sign-in phone at chicago/home',
      '9d use laptop at chicago/home',
      '0s steal laptop thief',
      '5m use phone at chicago/home',
      '10m ! use thief at kyiv/home',
    ],
  },
  {
    name: 'A token is taken without the device id, the thief has the same browser',
    kind: 'stolen token, phone in use',
    devices: {
      laptop: 'chrome 126 on windows 10',
      phone: 'safari 17.4 on iphone 17.4',
      thief: 'chrome 126 on windows 10, no id',
    },
    steps: [
      '0d sign-in laptop at chicago/home',
      '1h sign-in phone at chicago/home',
      '9d use laptop at chicago/home',
      '0s steal laptop thief',
      '5m use phone at chicago/home',
      '10m ! use thief at kyiv/home',
    ],
  },
  {
    name: 'Signs in with the password in the same country while the laptop is in use',
    kind: 'known password, laptop in use nearby',
    devices: { laptop: 'chrome 126 on windows 10', thief: 'chrome 126 on linux' },
    steps: [
      '0d sign-in laptop at chicago/home',
      '9d use laptop at chicago/home',
      '10m ! sign-in thief at dallas/home',
    ],
  },
];
