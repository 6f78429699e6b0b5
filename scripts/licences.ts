// Writes docs/licences.md, the packages that the product is made of and their licences: npm run licences
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { licencesDocument } from './licences-document.ts'

const ROOT = join(import.meta.dirname, '..')

const document = await licencesDocument(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
writeFileSync(join(ROOT, 'docs', 'licences.md'), document)
console.log('Written: docs/licences.md')
