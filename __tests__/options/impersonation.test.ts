import { readImpersonation } from '../../lib/options/impersonation';
import { refusalOf } from '../fixtures/refusal-of';

test('everybody may be impersonated, and sees it, unless the app says otherwise', () => {
  const usual = { mayImpersonate: undefined, visible: true };
  expect(readImpersonation(undefined)).toEqual(usual);
  expect(readImpersonation({})).toEqual(usual);
  const mayImpersonate = (): boolean => false;
  expect(readImpersonation({ mayImpersonate, visible: false })).toEqual({ mayImpersonate, visible: false });
  expect(Object.isFrozen(readImpersonation({}))).toBe(true);
});

test.each([
  [true, 'impersonation: expected an object, got true'],
  [{ mayImpersonate: true }, 'impersonation.mayImpersonate: expected a function, got true'],
  [{ visible: 'no' }, "impersonation.visible: expected true or false, got 'no'"],
  [{ visable: true }, "impersonation.visable: unknown option; did you mean 'visible'?"],
])('A76 %j is refused with the fix', (input, detail) => {
  expect(refusalOf(() => readImpersonation(input)).detail).toBe(detail);
});
