package dev.cairn.pipelines;

/** What the workers of a run share with the launcher. */
public enum Sharing {
  /** The file systems: they are in this process, or on this machine. */
  FILES,
  /** The folder of the store alone: inputs are stored first, as cache. */
  FOLDER,
  /** The policy's node alone: what they need is sent there first, and what they made is fetched. */
  NODE
}
