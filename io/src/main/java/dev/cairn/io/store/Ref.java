package dev.cairn.io.store;

import dev.cairn.io.cid.Cid;
import java.util.regex.Pattern;

/**
 * One position of a ref.
 *
 * @param name the ref's name
 * @param number 1 for the first commit, then without gaps
 * @param commit the CID of the commit it names
 */
public record Ref(String name, long number, Cid commit) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  /** True if {@code name} may name a ref: the pattern above, and not also a CID. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && !Cid.isCid(name);
  }
}
