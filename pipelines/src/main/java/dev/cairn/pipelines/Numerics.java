package dev.cairn.pipelines;

/** What to do with vectors that another kind of machine computed with the same model. */
public enum Numerics {
  /** Stop and let the user choose. */
  ASK,
  /** Embed again what they are of. */
  RECOMPUTE,
  /** Keep them, once a sample of them agrees to rounding; the manifest lists both numerics. */
  REUSE
}
