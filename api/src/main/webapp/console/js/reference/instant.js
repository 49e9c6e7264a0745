import { t } from '../texts.js';
import { h } from '../ui/dom.js';
import { field } from '../ui/parts.js';
import { utc } from '../times.js';

/** A field for an instant in the zone of the reader. Its element has `instant()`: RFC 3339 in UTC, or an empty text. */
export function instantField(label, value) {
  let exact = value || '';
  const hint = () => (exact ? utc(exact) : t('asof.empty'));
  const input = h('input', {
    type: 'datetime-local', step: '1', max: forInput(new Date()), value: exact ? forInput(new Date(exact)) : '',
    onchange: () => {
      exact = input.value ? new Date(input.value).toISOString() : '';
      part.querySelector('.hint').textContent = hint();
    },
  });
  const part = field(label, input, { hint: hint() });
  part.instant = () => exact;
  return part;
}

function forInput(date) {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
