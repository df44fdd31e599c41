// SPDX-License-Identifier: GPL-2.0-or-later
// Writes what a package holds beside the program and what the program itself knows: manual pages, the commented
// configuration file, and completions for bash and zsh.
//   node cmake/package/pages.mjs NUNMUL_BINARY OUTPUT_DIR
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const [binary, output] = process.argv.slice(2)
const run = (...args) => spawnSync(binary, args, { encoding: 'utf8' }).stdout
const { commands } = JSON.parse(run('describe'))
const version = run('--version').match(/^nunmul (\S+)/)[1]
const summary = run('--help').split('\n')[0]

// Options that more than half of the commands have stand once in the configuration, at the top.
const named = (command) => command.options.filter((option) => !option.positional)
const isShared = (option) => commands.filter((command) => named(command).some(({ name }) => name === option.name)).length > commands.length / 2
const shared = [...new Map(commands.flatMap(named).filter(isShared).map((option) => [option.name, option])).values()]
const own = (command) => named(command).filter((option) => !isShared(option))
const key = (option) => option.name.replace(/^--/, '')
const isRepeatable = (option) => option.description.includes('repeatable')

function write(name, text) {
  const file = join(output, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

// Manual pages.

const roff = (text) => text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^([.'])/gm, '\\&$1')
const bold = (text) => `\\fB${roff(text)}\\fR`
const page = (title, section, name, parts) => [`.TH "${title}" ${section} "" "nunmul ${version}" "nunmul"`,
  '.SH NAME', `${title.toLowerCase()} \\- ${roff(name)}`, ...parts.flatMap(([head, text]) => [`.SH ${head}`, text])].join('\n') + '\n'

function optionEntry(option) {
  const head = [bold(option.name), option.takes ? `\\fI${roff(option.takes)}\\fR` : ''].join(' ').trim()
  const standard = option.default ? ` Default: ${option.default}.` : ''
  const choices = option.choices.length ? ` One of: ${option.choices.join(', ')}.` : ''
  return `.TP\n${option.positional ? `\\fI${roff(option.takes)}\\fR` : head}\n${roff(`${option.description}.${choices}${standard}`)}`
}

const exitStatus = 'The exit status is 0 for success, 1 for failure (stderr says why), and 2 for wrong usage.'
const seeAlso = (names) => names.map((name) => `.BR ${roff(name).replace('(', ' (')}`).join(' ,\n')

function commandPage({ name, description, options, footer }) {
  const synopsis = [bold(`nunmul ${name}`), '[\\fIOPTIONS\\fR]', ...options.filter(({ positional }) => positional).map(({ takes }) => `[\\fI${roff(takes)}\\fR]`)]
  return page(`NUNMUL\\-${name.toUpperCase()}`, 1, description, [
    ['SYNOPSIS', synopsis.join(' ')],
    ['DESCRIPTION', `${roff(description)}.`],
    ['OPTIONS', options.map(optionEntry).join('\n')],
    ['ENVIRONMENT', `${roff('Each option can also be set in an environment variable: --data-dir as NUNMUL_DATA_DIR.')}`],
    ['EXIT STATUS', roff(exitStatus)],
    ['EXAMPLE', `.nf\n${roff(footer.replace(/^Example: /, ''))}\n.fi`],
    ['SEE ALSO', seeAlso(['nunmul(1)', 'nunmul.toml(5)'])],
  ])
}

for (const command of commands) write(`man/nunmul-${command.name}.1`, commandPage(command))
write('man/nunmul.1', page('NUNMUL', 1, summary, [
  ['SYNOPSIS', `${bold('nunmul')} \\fICOMMAND\\fR [\\fIOPTIONS\\fR]`],
  ['DESCRIPTION', roff('nunmul reads list articles, tables and exports into an index, and answers searches over HTTP and on the command line. Its HTTP API is that of Meilisearch, so the client libraries of Meilisearch work unchanged.')],
  ['COMMANDS', commands.map(({ name, description }) => `.TP\n${bold(name)}\n${roff(`${description}.`)}`).join('\n')],
  ['OPTIONS', `.TP\n${bold('--config')} \\fIFILE\\fR\nFile with options.\n.TP\n${bold('--version')}\nPrint the version and end.\n.TP\n${bold('--help')}\n${roff('Print this help, or after a command, help on the command.')}`],
  ['FILES', `.TP\n/etc/nunmul/nunmul.toml\nOptions of the service.\n.TP\n/etc/nunmul/master.key\n${roff('The master key of the service, made when the package was installed.')}\n.TP\n/var/lib/nunmul\nIndexes and documents of the service.\n.TP\n/usr/share/nunmul\nNames, themes and word lists, and entries to try in example/.`],
  ['EXAMPLE', `.nf\n${roff('nunmul index articles/\nnunmul search breakup rain ballad\n\n# The data of the service belongs to its user:\nsudo -u nunmul nunmul index - < posts.ndjson')}\n.fi`],
  ['SEE ALSO', seeAlso([...commands.map(({ name }) => `nunmul-${name}(1)`), 'nunmul.toml(5)'])],
]))
write('man/nunmul.toml.5', page('NUNMUL.TOML', 5, 'options of nunmul in a file', [
  ['DESCRIPTION', roff('A line sets an option by its long name: listen = "127.0.0.1:7700". Flags take true or false, repeatable options a list. Options at the top are for every command that has them; those in a section such as [serve] are for one command. The command line overrides the environment, which overrides the file.') + '\n.PP\n' + roff('--config or NUNMUL_CONFIG names the file. Without them, /etc/nunmul/nunmul.toml is used if the user may read it: root and the user nunmul may.')],
  ['EVERY COMMAND', shared.map(optionEntry).join('\n')],
  ...commands.filter((command) => own(command).length).map((command) => [`[${roff(command.name)}]`, own(command).map(optionEntry).join('\n')]),
  ['EXAMPLE', `.nf\n${roff('data-dir = "/var/lib/nunmul"\n\n[serve]\npublic-url = "https://search.example.org"\ntrusted-proxy = ["127.0.0.1"]')}\n.fi`],
  ['SEE ALSO', seeAlso(['nunmul(1)', 'nunmul-serve(1)'])],
]))

// The configuration file: what the package sets, and all else as comments.

const given = { 'data-dir': '/var/lib/nunmul', 'master-key-file': '/etc/nunmul/master.key' }

function settingOf(option) {
  const value = given[key(option)] ?? option.default
  const isNumber = /^(N|X)$/.test(option.takes) && value !== ''
  const text = option.takes === '' ? 'false' : isNumber ? value : JSON.stringify(value || option.takes)
  const about = option.choices.length > 0 ? `${option.description} (${option.choices.join(', ')})` : option.description
  return `# ${about}\n${key(option) in given ? '' : '#'}${key(option)} = ${isRepeatable(option) ? `[${text}]` : text}\n`
}

write('nunmul.toml', `# Options of nunmul, by their long names: see nunmul.toml(5). To set one, remove the # before it.
# Then restart the service: systemctl restart nunmul

${shared.map(settingOf).join('\n')}
${commands.filter((command) => own(command).length).map((command) => `[${command.name}]\n\n${own(command).map(settingOf).join('\n')}`).join('\n')}`)

// Completions.

const wordsFor = (option) => {
  if (option.choices.length) return { bash: `-W '${option.choices.join(' ')}'`, zsh: `(${option.choices.join(' ')})` }
  if (/DIR|FOLDER|BACKUP/.test(option.takes) && !/FILE/.test(option.takes)) return { bash: '-d', zsh: '_files -/' }
  if (/FILE/.test(option.takes)) return { bash: '-f', zsh: '_files' }
  return { bash: "-W ''", zsh: '' }
}
const names = commands.map(({ name }) => name)
const bashCase = (pattern, command) => `    ${pattern}) COMPREPLY=($(compgen ${command} -- "$current")) ;;`
write('completions/nunmul', `# bash completion of nunmul
_nunmul() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${names.join(' | ')}) command=$word && break ;; esac
  done
  case $command:$previous:$current in
${commands.flatMap((command) => named(command).filter(({ takes }) => takes).map((option) => bashCase(`${command.name}:${option.name}:*`, wordsFor(option).bash))).join('\n')}
${commands.map((command) => bashCase(`${command.name}:*:-*`, `-W '${named(command).map(({ name }) => name).join(' ')} --help'`)).join('\n')}
${commands.flatMap((command) => command.options.filter(({ positional }) => positional).map((option) => bashCase(`${command.name}:*`, wordsFor(option).bash))).join('\n')}
    :*) COMPREPLY=($(compgen -W '${names.join(' ')} --config --help --version' -- "$current")) ;;
  esac
}
complete -o filenames -F _nunmul nunmul
`)

const zsh = (text) => text.replace(/[\\[\]:']/g, (sign) => (sign === "'" ? "'\\''" : `\\${sign}`))
const zshOption = (option) => (option.positional
  ? `'*:${zsh(option.takes)}:${wordsFor(option).zsh}'`
  : `'${isRepeatable(option) ? '*' : ''}${option.name}[${zsh(option.description)}]${option.takes && `:${zsh(option.takes)}:${wordsFor(option).zsh}`}'`)
write('vendor-completions/_nunmul', `#compdef nunmul
local -a commands
commands=(
${commands.map(({ name, description }) => `  '${name}:${zsh(description)}'`).join('\n')}
)
if ((CURRENT == 2)); then
  _describe command commands
  return
fi
local command=$words[2]
shift words
((CURRENT--))
case $command in
${commands.map((command) => `  ${command.name}) _arguments ${command.options.map(zshOption).join(' \\\n    ')} ;;`).join('\n')}
esac
`)
