import type { Missing } from '../../../store/outcomes';

export const missing: Missing = Object.freeze({ status: 'missing' });
