package dev.cairn.io.beam;

import dev.cairn.io.cid.Cid;
import java.io.IOException;

/** Says which content a mutable name means now. Safe for use by several threads. */
@FunctionalInterface
interface NameResolver {
  /**
   * The root that {@code name} means.
   *
   * @param name an IPNS key or a DNSLink domain, as it stands in {@code ipns://NAME}
   * @throws IOException if nothing can be said of it
   */
  Cid resolve(String name) throws IOException;
}
