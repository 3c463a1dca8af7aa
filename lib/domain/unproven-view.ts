import type { SessionView } from './session-view';

/**
 * A session as somebody sees it who has yet to prove to be its user: enough to tell one from another, and nothing to find the user by or to
 * pass for them.
 */
export function unprovenView<Data extends object>(view: SessionView<Data>): SessionView<Data> {
  const { device, risk } = view;
  return {
    ...view,
    device: { ...device, browserVersion: null, osVersion: null, model: null, id: null },
    ip: null,
    userAgent: null,
    location: null,
    risk: risk && { ...risk, signals: [] },
    data: {} as Readonly<Partial<Data>>,
  };
}

/** A session as its own bearer sees it: whoever owes a fresh login may have stolen the token, or the password. */
export function viewForBearer<Data extends object>(view: SessionView<Data>): SessionView<Data> {
  return view.stepUpRequired ? unprovenView(view) : view;
}
