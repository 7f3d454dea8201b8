declare namespace App {
  interface Locals {
    /** The page of prose being rendered; set by the route, read by every component of the vocabulary. */
    chapter?: import('./chapter.ts').PageContext;
  }
}
