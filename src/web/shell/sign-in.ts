import { token } from '../api/token.ts'
import { element } from '../dom/element.ts'

/** Asks for a token. It is kept by the tab, and sent to this server only. */
export function signIn({
  wasWrong,
  done,
}: {
  readonly wasWrong: boolean
  readonly done: () => void
}): HTMLElement {
  const field = element('input', {
    ...{ id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true },
    'aria-describedby': 'token-help',
    'aria-invalid': wasWrong ? 'true' : null,
  })
  const form = element(
    'form',
    { class: 'sign-in' },
    element('h1', {}, 'Sign in'),
    wasWrong &&
      element(
        'p',
        { class: 'trouble', role: 'alert' },
        'The server does not know this token, or it has ended.',
      ),
    element('label', { for: 'token' }, 'Token'),
    field,
    element(
      'p',
      { id: 'token-help', class: 'quiet' },
      'This server asks for tokens. ',
      element('code', {}, 'offtrail token create'),
      ' makes one. It is forgotten when the tab is closed.',
    ),
    element('button', { type: 'submit', class: 'main' }, 'Sign in'),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const given = field.value.trim()
    if (given === '') return
    token.set(given)
    done()
  })
  return form
}
