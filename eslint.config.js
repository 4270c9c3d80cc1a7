import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importDirection } from './scripts/import-direction.js';

const TYPESCRIPT = ['**/*.ts', '**/*.tsx'];
const TESTS = ['**/*.test.{ts,tsx}', '**/*.suite.ts', '**/testing/**'];
const ENVIRONMENT = 'Settings are parsed once, in src/config.ts, and handed down (ANSWERBOX_* keys only).';

/** The rules for a tree at `root`; the test of these rules lints small trees of its own with them. */
export function lintRules(root) {
  return defineConfig(
    { ignores: ['dist*/', 'data/', 'models/', 'coverage/', '.tmp/', 'web/screenshots/'] },
    { linterOptions: { reportUnusedDisableDirectives: 'error' } },
    {
      files: TYPESCRIPT,
      extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
      languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
      rules: {
        '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
        '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
        '@typescript-eslint/switch-exhaustiveness-check': [
          'error',
          { considerDefaultExhaustiveForUnions: true },
        ],
        '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
        '@typescript-eslint/no-unused-vars': [
          'error',
          {
            argsIgnorePattern: '^_',
            varsIgnorePattern: '^_',
            caughtErrors: 'none',
            ignoreRestSiblings: true,
          },
        ],
        eqeqeq: ['error', 'always', { null: 'ignore' }],
        // A failure that was kept is thrown again as it came.
        '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
        '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
        // Style, or true of correct code: asynchronous contracts over synchronous engines, numbers in
        // templates, indexes that a loop has already bounded, care where a type is only a claim.
        '@typescript-eslint/require-await': 'off',
        '@typescript-eslint/restrict-template-expressions': [
          'error',
          { allowNumber: true, allowBoolean: true },
        ],
        '@typescript-eslint/no-non-null-assertion': 'off',
        '@typescript-eslint/no-confusing-void-expression': 'off',
        '@typescript-eslint/no-invalid-void-type': 'off',
        '@typescript-eslint/no-unnecessary-type-parameters': 'off',
        '@typescript-eslint/no-extraneous-class': 'off',
        '@typescript-eslint/unified-signatures': 'off',
        '@typescript-eslint/no-unnecessary-condition': 'off',
      },
    },
    {
      files: [...TYPESCRIPT, '**/*.js'],
      plugins: {
        'import-x': importX,
        answerbox: { rules: { 'import-direction': importDirection(root) } },
      },
      settings: {
        'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
        'import-x/extensions': ['.ts', '.tsx', '.js'],
        'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js'] })],
      },
      rules: {
        'import-x/no-cycle': ['error', { ignoreExternal: true }],
        'answerbox/import-direction': 'error',
      },
    },
    {
      files: ['src/**', 'web/**'],
      ignores: ['src/config.ts', ...TESTS, 'web/vite.config.ts'],
      rules: {
        'no-restricted-properties': ['error', { object: 'process', property: 'env', message: ENVIRONMENT }],
        'no-restricted-syntax': [
          'error',
          {
            selector:
              'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]',
            message: ENVIRONMENT,
          },
          {
            selector: 'MemberExpression[property.name="env"][object.property.name="process"]',
            message: ENVIRONMENT,
          },
        ],
      },
    },
    {
      // A test asserts on bodies of unknown shape, and on methods as values; a wrong guess fails it.
      files: TESTS,
      rules: {
        '@typescript-eslint/no-unsafe-argument': 'off',
        '@typescript-eslint/no-unsafe-assignment': 'off',
        '@typescript-eslint/no-unsafe-call': 'off',
        '@typescript-eslint/no-unsafe-member-access': 'off',
        '@typescript-eslint/no-unsafe-return': 'off',
        '@typescript-eslint/unbound-method': 'off',
      },
    },
  );
}

export default lintRules(fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, ''));
