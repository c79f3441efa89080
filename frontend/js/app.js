// Signed-in pages: the GOV.UK components that need a script. Everything works, plainer, without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  createAll
} from 'govuk-frontend'
import { watchTables } from './tables.js'
import { searchTeams } from './teams.js'
import { watchWording } from './wording.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
createAll(Button, { preventDoubleClick: true })
for (const component of [
  CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink
]) {
  createAll(component)
}
watchTables()
searchTeams()
watchWording()

// Paper cannot be clicked: open every "As a table" while printing, then put back what was closed. Ways to
// other pages stay closed.
let opened = []
addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('details:not([open]):not(.switch, .switch *, .teams *)')]
  for (const details of opened) details.open = true
})
addEventListener('afterprint', () => {
  for (const details of opened) details.open = false
  opened = []
})
