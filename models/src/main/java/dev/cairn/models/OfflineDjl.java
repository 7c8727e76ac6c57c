package dev.cairn.models;

/** Keeps DJL off the network. */
public final class OfflineDjl {

  private static final String OFFLINE = "ai.djl.offline";

  private OfflineDjl() {}

  /**
   * Sets DJL's offline switch, unless the program set it already. To be called before the first use
   * of a DJL class: DJL otherwise asks a cloud metadata address where it runs (seen).
   */
  public static void prefer() {
    if (System.getProperty(OFFLINE) == null) {
      System.setProperty(OFFLINE, "true");
    }
  }
}
