// `npm run build`: compiles scss and scripts into pulse/static, copies what is vendored, and writes the
// .br and .gz twins that WhiteNoise serves. The output is committed, so a fresh machine needs no Node.
import { build } from 'esbuild'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { compile } from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const out = join(here, '..', 'pulse', 'static')
const modules = join(here, 'node_modules')
const axeHome = join(here, '..', 'tests', 'browser', 'vendor')

function styles() {
  for (const name of ['survey', 'kiosk', 'kiosk-plain', 'results', 'preview', 'app']) {
    const { css } = compile(join(here, 'scss', `${name}.scss`), {
      style: 'compressed',
      loadPaths: [modules],
      quietDeps: true
    })
    writeFileSync(join(out, `${name}.css`), `${css.trim()}\n`)
  }
}

async function scripts() {
  await build({
    entryPoints: ['survey', 'kiosk', 'app', 'charts'].map((name) => join(here, 'js', `${name}.js`)),
    outdir: out,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
    nodePaths: [modules]
  })
}

function vendored() {
  mkdirSync(join(out, 'vendor'), { recursive: true })
  mkdirSync(axeHome, { recursive: true })
  const plotly = join(modules, 'plotly.js-cartesian-dist-min')
  copyFileSync(join(plotly, 'plotly-cartesian.min.js'), join(out, 'vendor', 'plotly-cartesian.min.js'))
  copyFileSync(join(plotly, 'LICENSE'), join(out, 'vendor', 'plotly-cartesian.LICENSE.txt'))
  const govuk = 'govuk-frontend.LICENSE.txt'
  copyFileSync(join(here, 'assets', govuk), join(out, 'vendor', govuk))
  copyFileSync(join(modules, 'axe-core', 'axe.min.js'), join(axeHome, 'axe.min.js'))
  copyFileSync(join(modules, 'axe-core', 'LICENSE'), join(axeHome, 'axe-core.LICENSE.txt'))
  copyFileSync(join(here, 'assets', 'favicon.svg'), join(out, 'favicon.svg'))
  // Plotly adds its few style rules to this sheet: under a strict policy it may not make one itself.
  writeFileSync(join(out, 'vendor', 'plotly-rules.css'), '/* filled by Plotly */\n')
}

function compress(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) compress(path)
    else if (/\.(br|gz)$/.test(entry.name)) continue
    else {
      const bytes = readFileSync(path)
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length
      }
      writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }))
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
    }
  }
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
styles()
await scripts()
vendored()
compress(out)
