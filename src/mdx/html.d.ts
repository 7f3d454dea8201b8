// Interest invokers are in browsers before they are in Astro's types.
declare namespace astroHTML.JSX {
  interface AnchorHTMLAttributes {
    interestfor?: string | undefined;
  }
  interface ButtonHTMLAttributes {
    interestfor?: string | undefined;
  }
}
