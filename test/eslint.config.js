import { fileURLToPath } from 'node:url';
import astro from 'eslint-plugin-astro';
import a11y from 'eslint-plugin-jsx-a11y-x';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { DOORS, LAYERS } from './layers.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A layer as ESLint patterns: by its alias or its path. Relative imports are for test/unit/layers.test.ts, which resolves them. */
const patternsOf = (layer) => [`#${layer}`, `#${layer}/**`, `**/src/${layer}/**`];

/** A layer may import only what its row of layers.ts names, and a layer with a door only by it. */
const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => {
  const above = Object.keys(LAYERS).filter((other) => other !== layer && !allowed.includes(other));
  return {
    files: [`src/${layer}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...(above.length > 0
              ? [
                  {
                    group: above.flatMap(patternsOf),
                    message: `${layer} stands below this layer: see test/layers.ts.`,
                  },
                ]
              : []),
            ...DOORS.filter((door) => door !== layer && allowed.includes(door)).map((door) => ({
              group: patternsOf(door).slice(1),
              message: `Import #${door} instead: it is the only door.`,
            })),
          ],
        },
      ],
    },
  };
});

/** What scrolls sideways must take the focus, so that the keyboard can scroll it. */
const scrollable = ['error', { tags: ['pre', 'div', 'span'], roles: ['region', 'group'] }];

export default tseslint.config(
  { ignores: ['dist/**', '.astro/**', 'node_modules/**', 'test/output/**', 'coverage/**'] },
  {
    basePath: root,
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      // An async listener's promise is its own affair.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export: a name can be found.' },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Tools that ask for a default export.
    files: [
      'test/vitest.config.ts',
      'test/e2e/setup.ts',
      'test/mutation/vitest.config.ts',
      // Islands, which Astro loads by file.
      'src/widgets/*/Result.tsx',
      'src/widgets/frame/ScenarioBar.tsx',
      'src/widgets/frame/reader.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // TypeScript alone knows no .astro file: `astro check` types these.
    files: ['src/mdx/components.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    // An ambient declaration with an import statement would be a module.
    files: ['**/*.d.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['**/*.tsx'],
    extends: [a11y.configs.recommended, hooks.configs.flat.recommended],
    rules: {
      // What scrolls sideways must take the focus, so that the keyboard can scroll it.
      'jsx-a11y-x/no-noninteractive-tabindex': [
        'error',
        { tags: ['pre', 'div'], roles: ['region', 'group'] },
      ],
    },
  },
  astro.configs['flat/recommended'],
  astro.configs['flat/jsx-a11y-recommended'],
  { files: ['**/*.astro'], rules: { 'astro/jsx-a11y/no-noninteractive-tabindex': scrollable } },
  layerRules,
);
