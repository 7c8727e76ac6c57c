package dev.cairn.io.unixfs;

/** The rule for where a symbolic link may point. */
final class LinkTarget {
  private LinkTarget() {}

  /**
   * Refuses a target that could leave the tree.
   *
   * <p>It may climb at its start only, and not above the root. Climbing later is refused even where
   * it seems to stay inside: a step before it may be a link itself, and {@code a/..} is then not
   * where the link lies. With this rule every link of a tree stays inside whatever the others are.
   *
   * @param depth folders between the root of the tree and the link
   */
  static void check(String target, String shown, int depth) throws RefusedPathException {
    int climbed = 0;
    boolean descended = false;
    boolean leaves = target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0;
    for (String step : target.split("/", -1)) {
      if (step.equals("..")) {
        climbed++;
        leaves |= descended || climbed > depth;
      } else if (!step.isEmpty() && !step.equals(".")) {
        descended = true;
      }
    }
    if (leaves) {
      throw new RefusedPathException(
          "Cannot write link: "
              + shown
              + " -> "
              + target.replace('\0', '?')
              + " (it could lead out of the folder)");
    }
  }
}
