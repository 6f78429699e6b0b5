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
    extends: [
      ...tseslint.configs.strictTypeChecked,
      reactHooks.configs.flat['recommended-latest'],
      ...tanstackQuery.configs['flat/recommended'],
    ],
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
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='vi'][callee.property.name=/^(mock|doMock)$/]",
          message: 'A module that needs mocking is missing a parameter.',
        },
      ],
    },
  },
  {
    files: ['app/**', 'components/**', 'lib/**'],
    ignores: OWN_SQLITE,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'node:sqlite',
          message:
            'Two copies of SQLite in one process undo each other’s locks: use libsql, or a process of its own.',
          allowTypeImports: true,
        },
      ],
    },
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
