package dev.cairn.io.beam;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.dataset.TargetNotFoundException;
import java.io.IOException;
import java.util.Locale;

/**
 * A target, found out: what it names does not move any more.
 *
 * @param uri its address below the root's CID, which may be a pattern
 */
record ReadTarget(Cid root, IpfsUri uri) {
  private static final String IPNS_PREFIX = IpfsUri.IPNS + "://";

  /**
   * Refuses what is no target, without looking whether it is there.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void check(String text) {
    if (isIpns(text)) {
      IpfsUri.parse(text);
      return;
    }
    try {
      Target.parse(text);
    } catch (TargetNotFoundException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static ReadTarget resolve(String text, NameResolver names) throws IOException {
    if (isIpns(text)) {
      IpfsUri uri = IpfsUri.parse(text);
      return of(names.resolve(uri.root()), uri.path());
    }
    Target target = Target.parse(text);
    Cid root = target.root();
    return of(root == null ? names.resolve(name(target)) : root, target.path());
  }

  private static String name(Target target) {
    return target.ref() + (target.back() == 0 ? "" : "@{" + target.back() + "}");
  }

  private static ReadTarget of(Cid root, String path) {
    return new ReadTarget(root, new IpfsUri(IpfsUri.IPFS, root.toString(), "").withPath(path));
  }

  private static boolean isIpns(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith(IPNS_PREFIX);
  }
}
