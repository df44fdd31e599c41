// SPDX-License-Identifier: GPL-2.0-or-later
// As much of JSON Schema as our description uses: whether an answer is what it promises.

function typeOf(value) {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function isOfType(value, type) {
  return typeOf(value) === type || (type === 'number' && typeof value === 'number')
}

function resolve(root, reference) {
  return reference.slice(2).split('/').reduce((part, name) => part[name], root)
}

// The faults, a line each.
export function problems(root, schema, value, path = '$') {
  if (schema.$ref) return problems(root, resolve(root, schema.$ref), value, path)
  if (schema.anyOf)
    return schema.anyOf.some((one) => problems(root, one, value, path).length === 0) ? [] : [`${path} fits none of the schemas`]
  const found = []
  if (schema.type && ![schema.type].flat().some((type) => isOfType(value, type))) return [`${path} is ${typeOf(value)}, not ${schema.type}`]
  if ('const' in schema && value !== schema.const) found.push(`${path} is not ${schema.const}`)
  if (schema.enum && !schema.enum.includes(value)) found.push(`${path} is none of ${schema.enum}`)
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) found.push(`${path} does not fit ${schema.pattern}`)
  if (schema.format === 'date-time' && Number.isNaN(Date.parse(value))) found.push(`${path} is no date-time`)
  if (typeOf(value) === 'array' && schema.items)
    value.forEach((item, i) => found.push(...problems(root, schema.items, item, `${path}[${i}]`)))
  if (typeOf(value) !== 'object') return found
  const names = Object.keys(value)
  for (const name of schema.required ?? []) if (!(name in value)) found.push(`${path}.${name} is missing`)
  if (schema.minProperties > names.length || schema.maxProperties < names.length) found.push(`${path} has ${names.length} members`)
  for (const name of names) {
    const rest = schema.additionalProperties
    if (schema.properties?.[name]) found.push(...problems(root, schema.properties[name], value[name], `${path}.${name}`))
    else if (rest === false) found.push(`${path}.${name} is not described`)
    else if (typeof rest === 'object') found.push(...problems(root, rest, value[name], `${path}.${name}`))
  }
  return found
}
