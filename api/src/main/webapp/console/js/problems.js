import { t } from './texts.js';

const BY_STATUS = [401, 403, 404, 409, 410, 412, 413, 415, 428, 429, 503];

/** What went wrong, and what to do about it: two sentences. */
export function sentences(error) {
  if (error.name === 'ApiProblem') {
    const fault = error.errors.length === 1 ? error.errors[0] : null;
    const named = fault && (fault.parameter ?? fault.pointer);
    const what = named ? `${named} ${fault.detail}` : error.message;
    const status = error.status === 400 ? 'invalid' : BY_STATUS.includes(error.status) ? error.status : 'other';
    return [/[.!?]$/.test(what) ? what : `${what}.`, t(`problem.${status}`, { seconds: error.retryAfter ?? '' })];
  }
  if (error instanceof TypeError && /fetch|network|load/i.test(error.message)) {
    return [t('problem.network'), t('problem.network.advice')];
  }
  console.error(error);
  return [t('problem.page', { message: error.message }), t('problem.page.advice')];
}
