import { equations, optimalSizes } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [...optimalSizes, equations.tokensInBudget, equations.hoffmannLoss, equations.besirogluLoss],
  assumptions: [
    'The budget is 6ND. From GPU-days it is the peak of the format times the efficiency times the seconds.',
    'Approaches 1 and 2 are the power laws through the first and last rows of the paper’s tables; the rows between lie within 4% of them.',
    'Approach 3 has the exponents of the paper’s TeX source. Those that the paper prints are rounded to two digits and give up to a third less.',
    'Kaplan’s law is read at the critical batch size, where C is twice C_min, as Hoffmann reads it.',
    'A solid line is where models of the optimal size and with the optimal data were trained; dashed is extrapolation.',
    'Losses are on each law’s own data with its own tokens: compare them within a law, never between two. Kaplan’s is of models trained until they stop improving, and its optimum comes from another fit.',
    'Models stand at their published N and tokens; a mixture of experts at the parameters that a token meets. No law was fitted on one.',
    'The laws minimise the loss of training. A model that will serve many tokens is better smaller and trained for longer.',
  ],
  sources: [
    { key: 'kaplan2020', where: 'equation 1.5, tables 2 and 6, section 6.3' },
    { key: 'hoffmann2022', where: 'tables 2, 3 and A3, equations 2, 4 and 10' },
    { key: 'besiroglu2024', where: 'abstract and refit' },
    { key: 'epoch-analyzing-chinchilla', where: 'data_analysis.ipynb: the refit, run' },
  ],
};
