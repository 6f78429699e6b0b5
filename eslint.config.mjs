import tanstackQuery from '@tanstack/eslint-plugin-query'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const testFiles = ['**/*.test.ts', '**/*.test.tsx', 'e2e/**', '**/*.contract.ts', '**/*.fixture.ts']

/** What opens a database by Node's own SQLite: when the client has not or no longer, or in a process of its own. */
const OWN_SQLITE = [
  'back-up-database',
  'database-files',
  'database-lock',
  'inspect-database',
  'seal-audit',
  'stored-parts',
  'test-process',
  'verify-audit',
  '*.test',
]
  .map((name) => `lib/adapters/prisma/${name}.ts`)
  .concat('lib/adapters/key-rotation/reseal-database.ts', 'lib/adapters/key-rotation/*.test.ts')

/** What runs in the console's process. */
const IN_CONSOLE = ['app/**', 'components/**', 'lib/**']

const SECOND_SQLITE = {
  name: 'node:sqlite',
  message:
    'Two copies of SQLite in one process undo each other’s locks: use libsql, or a process of its own.',
  allowTypeImports: true,
}

const OTHER_RESOLVERS = {
  group: ['@hookform/resolvers', '@hookform/resolvers/*'],
  message: 'What is wrong with a form is said in our words: use schemaResolver.',
}

/** What no file may write, and why. */
const FORBIDDEN = [
  {
    selector: "CallExpression[callee.object.name='vi'][callee.property.name=/^(mock|doMock)$/]",
    message: 'A module that needs mocking is missing a parameter.',
  },
  {
    selector:
      ':matches(CallExpression, NewExpression)[callee.name=/^(redirect|permanentRedirect)$/]:not([arguments.0.type="Literal"])',
    message: 'A redirect leads to a place that is written here, never to one that a request names.',
  },
  {
    selector:
      "CallExpression[callee.object.name='Response'][callee.property.name='redirect'], CallExpression[callee.object.name='NextResponse'][callee.property.name='redirect']",
    message: 'A redirect leads to a place that is written here: use redirect with a literal.',
  },
  {
    selector:
      "AssignmentExpression[left.type='MemberExpression'][left.property.name='location'], AssignmentExpression[left.property.name='href'][left.object.name='location'], AssignmentExpression[left.property.name='href'][left.object.property.name='location'], CallExpression[callee.property.name=/^(assign|replace)$/][callee.object.name='location'], CallExpression[callee.property.name=/^(assign|replace)$/][callee.object.property.name='location']",
    message: 'The router leads to other pages, and only inside the console.',
  },
  {
    selector:
      "CallExpression[callee.property.name='localeCompare'], :matches(CallExpression, NewExpression)[callee.object.name='Intl'][callee.property.name='Collator']",
    message: 'Names have one order: use compareNames.',
  },
  {
    selector: "Property[key.name='gcTime']:not([value.value=0]):not([value.callee.name='browserGcMs'])",
    message: 'On the server its timer holds what a page was rendered with: use browserGcMs.',
  },
]

/** Ways for a text to become markup. */
const AS_MARKUP = [
  "JSXAttribute[name.name='dangerouslySetInnerHTML']",
  "Property[key.name='dangerouslySetInnerHTML']",
  'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
  'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|parseFromString)$/]',
  "CallExpression[callee.object.name='document'][callee.property.name=/^(write|writeln)$/]",
].map((selector) => ({ selector, message: 'Text stays text: what users write is never markup.' }))

export default tseslint.config(
  {
    ignores: [
      '.next/**',
      '.cache/**',
      'node_modules/**',
      'prisma/generated/**',
      'lib/adapters/prisma/generated/**',
      'next-env.d.ts',
      'data/**',
      'test-results/**',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      complexity: ['error', 10],
      'max-params': ['error', 3],
      'max-lines': ['error', { max: 250 }],
      'no-console': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // There is no enum: the compiler erases types and nothing else. Looking for one takes a tenth of the time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      'no-restricted-syntax': ['error', ...FORBIDDEN, ...AS_MARKUP],
    },
  },
  {
    // Where React is; the compiler behind these rules reads a file in full to find out that it has none.
    files: ['app/**/*.tsx', 'components/**'],
    extends: [reactHooks.configs.flat['recommended-latest'], ...tanstackQuery.configs['flat/recommended']],
  },
  {
    // The one order of names.
    files: ['lib/domain/name-order.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // It has the one script of our own that a page carries, and it is a constant.
    files: ['app/layout.tsx'],
    rules: { 'no-restricted-syntax': ['error', ...FORBIDDEN] },
  },
  {
    files: IN_CONSOLE,
    rules: { 'no-restricted-imports': ['error', { paths: [SECOND_SQLITE], patterns: [OTHER_RESOLVERS] }] },
  },
  {
    files: OWN_SQLITE,
    rules: { 'no-restricted-imports': ['error', { patterns: [OTHER_RESOLVERS] }] },
  },
  {
    // The one resolver of forms.
    files: ['components/ui/schema-resolver.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [SECOND_SQLITE] }] },
  },
  {
    files: testFiles,
    // A row of a test table has as many columns as the case needs.
    rules: { 'max-lines': 'off', 'max-params': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['scripts/**', 'bench/**', 'demo/**', 'e2e/**', 'examples/**'],
    rules: { 'no-console': 'off' },
  },
)
