// Turns one plain form into a stepper. Nothing is kept in browser storage: the answers live in the
// form's own fields until it is sent, and history entries hold a screen number and nothing else.

const form = document.querySelector('form[data-survey]')
if (form) start(form)

function start(form) {
  const text = form.dataset
  const questions = [...form.querySelectorAll('[data-screen]')]
  const end = form.querySelector('[data-survey-end]')
  const screens = group(questions)
  const bar = progress(form)
  const nav = controls(form, text)
  const live = form.appendChild(element('p', 'govuk-visually-hidden'))
  const title = document.title
  let at = 0
  let reviewing = false
  let sent = false

  live.setAttribute('role', 'status')
  form.classList.add('survey--steps')
  for (const question of questions) focusable(question).tabIndex = -1
  end.tabIndex = -1

  const words = (pattern, values) => pattern.replace(/\{(\w)\}/g, (_, key) => values[key])

  function place(index) {
    if (index === screens.length) return text.review
    const first = questions.indexOf(screens[index][0]) + 1
    const last = first + screens[index].length - 1
    return words(last > first ? text.several : text.one, { a: first, b: last, n: questions.length })
  }

  function show(index, focus = true) {
    at = Math.max(0, Math.min(index, screens.length))
    screens.forEach((screen, i) => screen.forEach((question) => { question.hidden = i !== at }))
    const done = at === screens.length
    end.hidden = !done
    if (done) missed()
    reviewing = reviewing || done
    nav.next.hidden = done
    nav.back.hidden = at === 0
    nav.keys.hidden = done || !screens[at][0].querySelector('[type=radio]')
    bar.label.textContent = place(at)
    bar.meter.max = screens.length
    bar.meter.value = at
    document.title = `${title} - ${place(at)}`
    if (focus) {
      const target = done ? end : focusable(screens[at][0])
      target.focus({ preventScroll: true })
      form.scrollIntoView()
    }
  }

  function go(index) {
    history.pushState({ screen: index }, '')
    show(index)
  }

  function missed() {
    const list = end.querySelector('[data-survey-missed]')
    const without = questions.filter((question) => !answered(question))
    list.replaceChildren()
    if (!without.length) return
    list.append(element('p', '', words(text.missed, { a: without.length, n: questions.length })))
    const items = list.appendChild(element('ul', 'govuk-list survey-missed'))
    for (const question of without) {
      const button = element('button', '', label(question))
      button.type = 'button'
      button.onclick = () => go(screens.findIndex((screen) => screen.includes(question)))
      items.appendChild(element('li')).append(button)
    }
  }

  const onwards = () => go(reviewing && at < screens.length - 1 && answeredAll(at) ? screens.length : at + 1)
  const answeredAll = (index) => screens[index].every(answered)

  nav.back.onclick = () => go(at - 1)
  nav.next.onclick = onwards

  // Enter in a field submits a form: until the last screen it means "Continue".
  form.addEventListener('submit', (event) => {
    if (at < screens.length) {
      event.preventDefault()
      onwards()
    } else if (sent) event.preventDefault()
    else sent = true
  })

  // Number keys act only while the question itself has the focus (WCAG 2.1.4).
  form.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target
    const question = target.closest('[data-screen]')
    if (!question || /^(TEXTAREA|BUTTON|A|SUMMARY)$/.test(target.tagName)) return
    if (event.key === 'Enter') {
      event.preventDefault()
      onwards()
      return
    }
    const radio = question.querySelectorAll('input[type=radio]')[Number(event.key) - 1]
    if (!radio || !/^[1-9]$/.test(event.key)) return
    event.preventDefault()
    radio.checked = true
    radio.focus()
    live.textContent = words(text.chosen, { a: radio.labels[0].textContent.trim() })
  })

  form.addEventListener('input', (event) => count(event.target, text, words))

  addEventListener('popstate', (event) => show(event.state?.screen ?? 0))
  addEventListener('pageshow', () => { sent = false })

  // A link in the error summary opens the screen that holds its question.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]')
    const field = link && document.getElementById(link.hash.slice(1))
    const question = field && field.closest('[data-screen]')
    if (!question) return
    event.preventDefault()
    go(screens.findIndex((screen) => screen.includes(question)))
    field.focus()
  })

  const wrong = screens.findIndex((screen) => screen.some((question) => question.querySelector('.govuk-error-message')))
  const first = text.survey === 'end' ? screens.length : Math.max(wrong, 0)
  history.replaceState({ screen: first }, '')
  show(first, false)
  document.querySelector('.govuk-error-summary')?.focus()
}

// Neighbours that carry the same data-screen share one screen.
function group(questions) {
  const screens = []
  for (const question of questions) {
    const last = screens[screens.length - 1]
    if (last && last[0].dataset.screen === question.dataset.screen) last.push(question)
    else screens.push([question])
  }
  return screens
}

function answered(question) {
  return [...question.querySelectorAll('input, textarea, select')].some((field) =>
    /^(radio|checkbox)$/.test(field.type) ? field.checked : field.value.trim())
}

// A fieldset in focus is read out with its legend.
function focusable(question) {
  return question.querySelector('fieldset') || question
}

function label(question) {
  return question.querySelector('[data-survey-question]').textContent.trim()
}

function element(tag, className = '', content = '') {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (content) made.textContent = content
  return made
}

function progress(form) {
  const box = element('p', 'survey-progress')
  const label = box.appendChild(element('span'))
  const meter = box.appendChild(element('progress'))
  meter.setAttribute('aria-hidden', 'true')
  form.prepend(box)
  return { label, meter }
}

function controls(form, text) {
  const box = element('div', 'survey-nav')
  const next = box.appendChild(element('button', 'govuk-button', text.next))
  const back = box.appendChild(element('button', 'govuk-button govuk-button--secondary', text.back))
  next.type = back.type = 'button'
  form.append(box)
  const keys = form.appendChild(element('p', 'survey-keys', text.keys))
  return { next, back, keys }
}

function count(field, text, words) {
  const out = field.maxLength > 0 && document.getElementById(`${field.id}-count`)
  if (out) out.textContent = words(text.left, { a: field.maxLength - field.value.length })
}
