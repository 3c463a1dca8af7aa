import { devicePage } from '../device-page';
import { devicesQuery } from '../devices-query';
import { operation } from '../operation';

export const listDevices = operation({
  id: 'listDevices',
  method: 'GET',
  path: '/devices',
  section: 'sessions',
  summary: 'Your active sessions by device',
  description:
    'The device seen last comes first. A session of a browser or app that keeps no device id stands by itself, and its `device.id` is null. Only ' +
    'where you have more than 500 sessions there is a next page, and a device may come in it again.',
  query: devicesQuery,
  body: undefined,
  answers: { 200: { description: 'The devices, each with its sessions.', body: devicePage } },
  problems: [],
  access: 'session',
});
